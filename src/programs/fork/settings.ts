import { Effect } from "effect"
import type { Problem } from "../../domain/problem.ts"
import type { Role } from "../../domain/request.ts"
import type { Ranking, SearchSettings } from "../../domain/settings.ts"
import { isTape, replacingOnMiss } from "../../domain/tape/name.ts"
import type { OnMiss } from "../../domain/tape/onMiss.ts"
import { LanguageModel, type ModelError } from "../../services/LanguageModel.ts"
import { defaultTournamentSize } from "../solve/options.ts"
import type { Footing } from "./footing.ts"
import { ForkInvalid } from "./point.ts"

/** What a fork changes; whatever is left out stays as it was. */
export interface Overrides
  extends Partial<
    Pick<SearchSettings, "drafts" | "explanations" | "repairs" | "beamWidth" | "instructions" | "temperature">
  > {
  /** Its kind or the size of its tournaments alone, too: the other stays as it was. */
  readonly ranking?: { readonly kind?: Ranking["kind"]; readonly size?: number }
  readonly models?: Partial<Readonly<Record<Role, string>>>
  /** What is done about answers that the fork's tapes do not hold. */
  readonly onMiss?: OnMiss
  /** The fork's own budget, which begins after what is inherited. */
  readonly maxPrograms?: number
  readonly seed?: number | "keep" | "new"
}

/** What a fork begins from. */
interface Beginning {
  readonly parent: string
  readonly footing: Footing
  readonly problem: Problem
  /** A seed that no other run has. */
  readonly fresh: number
}

/** The settings of a fork. */
export const settingsOf = (
  { parent, footing: { settings, next, inherited }, problem, fresh }: Beginning,
  { models = {}, onMiss, maxPrograms, seed = "keep", ranking = {}, ...others }: Overrides
): Effect.Effect<SearchSettings, ModelError | ForkInvalid, LanguageModel> =>
  Effect.gen(function* () {
    const model = yield* LanguageModel
    const own = maxPrograms ?? settings.maxPrograms - inherited
    const roleModel = (role: Role) => {
      const before = settings.models[role]
      const name = models[role] ?? before.name
      const wanted = onMiss !== undefined && isTape(name) ? replacingOnMiss(name, onMiss) : name
      if (wanted === before.name) return Effect.succeed(before)
      // The name of a tape that the parent has stays, and with it the batch.
      if (name === before.name) return Effect.succeed({ name: wanted, batch: before.batch })
      return model.roleModel(wanted, { role, language: settings.language, problem })
    }
    const chosen = {
      draft: yield* roleModel("draft"),
      explain: yield* roleModel("explain"),
      repair: yield* roleModel("repair")
    }
    if (onMiss !== undefined && !Object.values(chosen).some(({ name }) => isTape(name))) {
      return yield* new ForkInvalid({
        run: parent,
        reason: "no model of it is a tape, for which --on-miss is"
      })
    }
    const ranked = rankingFrom(settings.ranking, ranking)
    if (ranked === undefined) {
      return yield* new ForkInvalid({
        run: parent,
        reason: "it would hold no tournaments, for which --tournament-size is"
      })
    }
    return {
      ...settings,
      ...others,
      ranking: ranked,
      models: chosen,
      maxPrograms: next + own,
      seed: seed === "keep" ? settings.seed : seed === "new" ? fresh : seed
    }
  })

/** Undefined where a size is given and no tournament is held. */
const rankingFrom = (
  before: Ranking,
  { kind = before.kind, size }: NonNullable<Overrides["ranking"]>
): Ranking | undefined => {
  if (kind !== "tournament") return size === undefined ? { kind } : undefined
  return { kind, size: size ?? (before.kind === "tournament" ? before.size : defaultTournamentSize) }
}

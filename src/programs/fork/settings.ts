import { Effect } from "effect"
import type { Problem } from "../../domain/problem.ts"
import type { Role } from "../../domain/request.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import { isTape, replacingOnMiss } from "../../domain/tape/name.ts"
import type { OnMiss } from "../../domain/tape/onMiss.ts"
import { LanguageModel, type ModelError } from "../../services/LanguageModel.ts"
import type { Footing } from "./footing.ts"
import { ForkInvalid } from "./point.ts"

/** What a fork changes; whatever is left out stays as it was. */
export interface Overrides
  extends Partial<
    Pick<
      SearchSettings,
      "drafts" | "explanations" | "repairs" | "beamWidth" | "ranking" | "instructions" | "temperature"
    >
  > {
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
  { models = {}, onMiss, maxPrograms, seed = "keep", ...others }: Overrides
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
    return {
      ...settings,
      ...others,
      models: chosen,
      maxPrograms: next + own,
      seed: seed === "keep" ? settings.seed : seed === "new" ? fresh : seed
    }
  })

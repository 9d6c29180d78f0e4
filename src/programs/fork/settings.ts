import { Effect } from "effect"
import type { Role } from "../../domain/request.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import { LanguageModel, type ModelError } from "../../services/LanguageModel.ts"
import type { Footing } from "./footing.ts"

/** What a fork changes; whatever is left out stays as it was. */
export interface Overrides
  extends Partial<
    Pick<
      SearchSettings,
      "drafts" | "explanations" | "repairs" | "beamWidth" | "ranking" | "instructions" | "temperature"
    >
  > {
  readonly models?: Partial<Readonly<Record<Role, string>>>
  /** The fork's own budget, which begins after what is inherited. */
  readonly maxPrograms?: number
  readonly seed?: number | "keep" | "new"
}

/** The settings of a fork; a `fresh` seed is at hand. */
export const settingsOf = (
  { settings, next, inherited }: Footing,
  { models = {}, maxPrograms, seed = "keep", ...others }: Overrides,
  fresh: number
): Effect.Effect<SearchSettings, ModelError, LanguageModel> =>
  Effect.gen(function* () {
    const model = yield* LanguageModel
    const own = maxPrograms ?? settings.maxPrograms - inherited
    const roleModel = (role: Role) => {
      const name = models[role]
      return name === undefined || name === settings.models[role].name
        ? Effect.succeed(settings.models[role])
        : Effect.map(model.batch(name), (batch) => ({ name, batch }))
    }
    return {
      ...settings,
      ...others,
      models: {
        draft: yield* roleModel("draft"),
        explain: yield* roleModel("explain"),
        repair: yield* roleModel("repair")
      },
      maxPrograms: next + own,
      seed: seed === "keep" ? settings.seed : seed === "new" ? fresh : seed
    }
  })

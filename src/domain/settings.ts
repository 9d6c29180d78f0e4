import { Schema } from "effect"
import { Limits } from "./evaluation.ts"
import { Language } from "./language.ts"

const Count = Schema.Int.pipe(Schema.positive())

/** How survivors are chosen: by mean score (stable), by lexicase, or by tournaments of `size`. */
export const Ranking = Schema.Union(
  Schema.Struct({ kind: Schema.Literal("score") }),
  Schema.Struct({ kind: Schema.Literal("lexicase") }),
  Schema.Struct({ kind: Schema.Literal("tournament"), size: Count })
)
export type Ranking = typeof Ranking.Type

/** `published` rises over the samples of a place (see `temperature.ts`); `constant` is the same for all. */
export const TemperatureSchedule = Schema.Union(
  Schema.Struct({ kind: Schema.Literal("published") }),
  Schema.Struct({ kind: Schema.Literal("constant"), value: Schema.Number.pipe(Schema.between(0, 2)) })
)
export type TemperatureSchedule = typeof TemperatureSchedule.Type

/** A model and the number of samples per request that its family's temperatures are computed with. */
export const RoleModel = Schema.Struct({ name: Schema.NonEmptyString, batch: Count })
export type RoleModel = typeof RoleModel.Type

/**
 * Everything that shapes a search, besides its problem. Two runs with the same problem, cases, settings and answers
 * have the same tree. Concurrency is not here, since it shapes nothing.
 */
export const SearchSettings = Schema.Struct({
  language: Language,
  models: Schema.Struct({ draft: RoleModel, explain: RoleModel, repair: RoleModel }),
  /** The budget: places that programs are asked for. */
  maxPrograms: Count,
  /** D: drafts in generation 0. */
  drafts: Count,
  /** E: instructions for each survivor. */
  explanations: Count,
  /** R: repairs by each instruction. */
  repairs: Count,
  /** W: survivors of a generation. */
  beamWidth: Count,
  ranking: Ranking,
  /** `model`: a model explains what is wrong; `static`: a fixed sentence made of the failing case. */
  instructions: Schema.Literal("model", "static"),
  temperature: TemperatureSchedule,
  limits: Limits,
  seed: Schema.Int
})
export type SearchSettings = typeof SearchSettings.Type

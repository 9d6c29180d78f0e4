import { Schema } from "effect"
import { CriticFile } from "./check.ts"
import { NodeId, RunId } from "./ids.ts"
import { Origin } from "./problem.ts"
import { Ref } from "./ref.ts"
import { Rules } from "./rules.ts"
import { SearchSettings } from "./settings.ts"

const Count = Schema.NonNegativeInt

/** What a run is made with. */
const Environment = Schema.Struct({
  seidr: Schema.String,
  node: Schema.String,
  tier: Schema.String,
  toolchain: Schema.String
})

/** A run begins: all that its search depends on. */
export const RunStarted = Schema.TaggedStruct("RunStarted", {
  problem: Schema.Struct({
    name: Schema.String,
    /** The document with description and validation cases. */
    document: Ref,
    casesHash: Schema.String,
    cases: Count,
    origin: Origin
  }),
  settings: SearchSettings,
  /** The hidden cases, sealed until the final scoring; null when the problem has none. */
  hidden: Schema.NullOr(Schema.Struct({ document: Ref, casesHash: Schema.String, cases: Count })),
  /** The program that the search begins from instead of drafts. */
  start: Schema.NullOr(Ref),
  label: Schema.NullOr(Schema.String),
  rules: Rules,
  environment: Environment
})
export type RunStarted = typeof RunStarted.Type

/**
 * Where a run leaves its parent: after a `position` of its log; with a `generation` complete and its ranking still to
 * be made; or with a `node` as the only survivor, of whose past nothing but the node's own ancestors is seen.
 */
export const ForkPoint = Schema.Union(
  Schema.Struct({ kind: Schema.Literal("position") }),
  Schema.Struct({ kind: Schema.Literal("generation"), generation: Count }),
  Schema.Struct({ kind: Schema.Literal("node"), node: NodeId })
)
export type ForkPoint = typeof ForkPoint.Type

/** A run begins as the continuation of another; its log goes on where the inherited events end. */
export const RunForked = Schema.TaggedStruct("RunForked", {
  parent: RunId,
  /** The last inherited position. */
  position: Count,
  at: ForkPoint,
  /** The name of the problem, for lists. */
  problem: Schema.String,
  /** All settings from here on, the inherited ones among them; the budget counts inherited indices too. */
  settings: SearchSettings,
  /** Whether answers of the ancestors to the very same requests are taken. */
  answers: Schema.Literal("adopt", "ask"),
  label: Schema.NullOr(Schema.String),
  rules: Rules,
  environment: Environment,
  /** What the critic's files are now, where they are not what the problem says, and that was found good. */
  critic: Schema.optionalWith(Schema.Array(CriticFile), { exact: true })
})
export type RunForked = typeof RunForked.Type

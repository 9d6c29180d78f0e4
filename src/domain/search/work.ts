import type { Ref } from "../events.ts"
import type { InstructionId, NodeId } from "../ids.ts"
import type { Judged, Parent } from "./member.ts"

/**
 * A step that the search can take now. `order` sorts by the index of the program that the step is for, then by the
 * stage, and names the step within its run; `cause` is the position of the event that made it possible.
 */
interface Step {
  readonly order: number
  readonly index: number
  readonly cause: number
}

/** A recorded answer whose consequence is not: nothing may be asked again. */
interface Asked {
  readonly attempts: number
  readonly answer: Ref | undefined
}

export interface DraftWork extends Step, Asked {
  readonly _tag: "Draft"
  readonly node: NodeId
  readonly ordinal: number
}

export interface ExecuteWork extends Step {
  readonly _tag: "Execute"
  readonly node: NodeId
  readonly program: Ref | null
  /** What is known of the same text in this run, when the step is taken. */
  readonly known: Judged | undefined
}

export interface RankWork extends Step {
  readonly _tag: "Rank"
  readonly generation: number
}

export interface InstructWork extends Step, Asked {
  readonly _tag: "Instruct"
  readonly instruction: InstructionId
  readonly parent: Parent
  readonly ordinal: number
}

export interface DebugWork extends Step, Asked {
  readonly _tag: "Debug"
  readonly node: NodeId
  readonly parent: Parent
  readonly instruction: Ref
  readonly ordinal: number
}

/** Draw the line under the search. */
export interface EndWork extends Step {
  readonly _tag: "End"
}

/** Score the best program on the hidden cases. */
export interface ScoreHiddenWork extends Step {
  readonly _tag: "ScoreHidden"
  readonly node: NodeId
  readonly program: Ref | null
}

export interface FinishWork extends Step {
  readonly _tag: "Finish"
}

export type Work =
  | DraftWork
  | ExecuteWork
  | RankWork
  | InstructWork
  | DebugWork
  | EndWork
  | ScoreHiddenWork
  | FinishWork

/** The five services that take steps. */
export const actorNames = ["Synthesize", "Execute", "Rank", "Instruct", "Debug"] as const
export type ActorName = (typeof actorNames)[number]

const actors: Readonly<Record<Work["_tag"], ActorName>> = {
  Draft: "Synthesize",
  Execute: "Execute",
  ScoreHidden: "Execute",
  Rank: "Rank",
  End: "Rank",
  Finish: "Rank",
  Instruct: "Instruct",
  Debug: "Debug"
}

/** The service that takes a step. */
export const actorOf = (work: Work): ActorName => actors[work._tag]

const stages: Readonly<Record<Work["_tag"], number>> = {
  Instruct: 0,
  Draft: 1,
  Debug: 1,
  Execute: 2,
  Rank: 3,
  End: 4,
  ScoreHidden: 5,
  Finish: 6
}

/** See `Step.order`. */
export const orderOf = (tag: Work["_tag"], index: number): number => index * 8 + stages[tag]

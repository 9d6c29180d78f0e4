import type { HashMap, SortedMap } from "effect"
import type { Usage } from "../completion.ts"
import type { Best, HiddenScored, Ref, SearchEnded } from "../events.ts"
import type { InstructionId, NodeId } from "../ids.ts"
import type { Rules } from "../rules.ts"
import type { SearchSettings } from "../settings.ts"
import type { Taped, TapeUse } from "../tape/taped.ts"
import type { Judged, Member, Parent } from "./member.ts"
import type { Layout } from "./plan.ts"
import type { ActorName, Work } from "./work.ts"

/** A request to a model within the current generation, and its answer. */
export interface Call {
  /** The index of the program that it is for; of the first repair, if it is for an instruction. */
  readonly index: number
  /** The kind of step that asks. */
  readonly tag: "Draft" | "Instruct" | "Debug"
  readonly attempts: number
  readonly requestHash: string
  readonly answer: Ref | undefined
  readonly usage: Usage | null
  /** Whether the answer was taken from an ancestor of the run. */
  readonly isAdopted: boolean
  /** Whether an attempt has found nothing on a tape. */
  readonly wasMissing: boolean
  readonly tape: Taped | undefined
}

/** A place of the tree with all that led to it from its parent: what a fork at a node below it inherits. */
export interface PathStep {
  readonly node: NodeId
  readonly index: number
  readonly program: Ref | null
  readonly judged: Judged
  readonly instruction: Ref | null
  /** The call for its instruction, and its own. */
  readonly calls: readonly [explain: Call | undefined, own: Call | undefined]
}

/** What a fork has from its ancestors. `next` is the first index of its own. */
export interface Inherited extends Used {
  readonly programs: number
  readonly next: number
}

/** The possible steps of each actor, by `Step.order`. */
export type Open = Readonly<Record<ActorName, SortedMap.SortedMap<number, Work>>>

/** What completed generations have used. */
export interface Used {
  readonly calls: number
  readonly tokens: Usage
  readonly adopted: { readonly calls: number; readonly tokens: Usage }
  readonly tape: TapeUse
}

/**
 * A search after some events. Invariants:
 * - the members of a generation have the indices `first … first + size - 1`, and `size` respects the budget;
 * - `open` holds every step that is possible and not done, in order of index, and nothing beyond `stopIndex`;
 * - everything kept for single places belongs to the current generation: what is older is in `used`, in `chain`
 *   and, as far as a program may occur again, in `evaluations`.
 */
export interface Search {
  readonly problem: { readonly document: Ref; readonly casesHash: string; readonly cases: number }
  readonly hidden: { readonly document: Ref; readonly casesHash: string; readonly cases: number } | null
  readonly start: Ref | null
  readonly settings: SearchSettings
  /** By which texts are made now. */
  readonly rules: Rules
  readonly generation: number
  readonly first: number
  readonly size: number
  readonly parents: ReadonlyArray<Parent>
  /** How the places of the current generation are laid out; a fork may change the settings within it. */
  readonly layout: Layout
  readonly members: HashMap.HashMap<number, Member>
  readonly instructions: HashMap.HashMap<InstructionId, Ref>
  readonly calls: HashMap.HashMap<string, Call>
  /** The judged places of earlier generations. */
  readonly past: HashMap.HashMap<NodeId, PathStep>
  /** Programs that have been judged, in all generations. */
  readonly judgedCount: number
  readonly evaluations: HashMap.HashMap<Ref, Judged>
  readonly open: Open
  /** The smallest index of a program that passes every validation case. */
  readonly stopIndex: number | undefined
  readonly best: Best | undefined
  readonly used: Used
  /** The digest of everything before the current generation. */
  readonly chain: string
  readonly fork: { readonly inherited: Inherited; readonly answers: "adopt" | "ask" } | undefined
  /** What the end of the search was recorded as. */
  readonly ended: SearchEnded | undefined
  readonly hiddenScored: HiddenScored | undefined
}

export type RunState =
  | { readonly _tag: "NotStarted" }
  | { readonly _tag: "Searching"; readonly search: Search }
  | { readonly _tag: "Finished"; readonly search: Search }

export const notStarted: RunState = { _tag: "NotStarted" }

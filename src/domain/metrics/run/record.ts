import type { Usage } from "../../completion.ts"
import type { ForkPoint, InstructionWritten, RunStarted, SearchEnded } from "../../events.ts"
import type { NodeId } from "../../ids.ts"
import type { Role } from "../../request.ts"
import type { SearchSettings } from "../../settings.ts"
import type { Verdict } from "../../verdict.ts"

/** A program that has been judged. */
export interface RecordedProgram {
  readonly node: NodeId
  readonly index: number
  /** The hash of its text; null for a place without a program. */
  readonly program: string | null
  readonly score: number
  readonly isPassing: boolean
  /** Null for one that passes all. */
  readonly failure: Verdict | null
  /** Milliseconds of work up to its verdict; see `recorder`. */
  readonly elapsedMs: number
  /** Whether the run made it itself, and has it from no ancestor. */
  readonly isOwn: boolean
}

/** A request to a model that has an answer. */
export interface RecordedCall {
  /** The index of the program that it is for; of the first repair, if it is for an instruction. */
  readonly index: number
  readonly role: Role
  readonly model: string
  readonly usage: Usage | null
  /** Taken from an ancestor by a fork: it cost nothing. */
  readonly isAdopted: boolean
  readonly isOwn: boolean
}

/** What metrics need to know of one run: its effective tree, with what was paid beyond its stopping index. */
export interface RunRecord {
  readonly problem: Pick<RunStarted["problem"], "name" | "cases" | "casesHash"> & {
    readonly dataset: string
    /** The number of hidden cases, and their hash; null where there are none. */
    readonly hidden: number | null
    readonly hiddenHash: string | null
  }
  readonly settings: SearchSettings
  /** What the run itself was made with. */
  readonly environment: RunStarted["environment"]
  readonly hasStart: boolean
  /** Of a fork: where it left its parent, the last one of several. */
  readonly fork: ForkPoint["kind"] | null
  /** In order of index. */
  readonly programs: ReadonlyArray<RecordedProgram>
  readonly calls: ReadonlyArray<RecordedCall>
  /** Attempts of its own that brought no answer, by model. */
  readonly failed: ReadonlyMap<string, number>
  /** Who wrote an instruction, by its place. */
  readonly instructions: ReadonlyMap<string, InstructionWritten["source"]>
  /** What came of the search; null while it is not over. */
  readonly ended: Pick<SearchEnded, "digest" | "best"> | null
  readonly status: "solved" | "unsolved" | null
  readonly isFinished: boolean
  readonly hidden: { readonly passed: number; readonly total: number } | null
  /** Milliseconds of work up to the end of the search. */
  readonly elapsedMs: number
}

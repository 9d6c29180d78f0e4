import type { Ref } from "../events.ts"
import type { NodeId } from "../ids.ts"

/** What a program's evaluation leaves behind for deciding: no outputs, only their reference. */
export interface Judged {
  readonly verdicts: string
  readonly partial: ReadonlyArray<readonly [number, number]>
  readonly score: number
  readonly passed: number
  readonly total: number
  readonly details: Ref
}

/** A place of the current generation that is known to have a program or to have none. */
export interface Member {
  readonly node: NodeId
  readonly index: number
  readonly program: Ref | null
  readonly judged: Judged | undefined
}

/** A survivor of the generation before. */
export interface Parent {
  readonly node: NodeId
  readonly program: Ref | null
  readonly judged: Judged
}

import type { RunId } from "../../domain/ids.ts"
import type { Origin } from "../EventLog.ts"

/** A part of a run's events: those of one run from a position to another, both among them. */
export interface Segment {
  readonly runId: RunId
  readonly from: number
  readonly to: number
}

/** A run, and where it leaves its parent if it has one. */
export interface Descent {
  readonly runId: RunId
  readonly origin: Origin | undefined
}

/**
 * The parts that a run's events consist of, oldest first, from its line of descent, itself first. A fork may leave its
 * parent within what that has inherited itself: then nothing of the parent's own is in it.
 */
export const segmentsFrom = (line: ReadonlyArray<Descent>): ReadonlyArray<Segment> => {
  const segments: Array<Segment> = []
  let to = Number.MAX_SAFE_INTEGER
  for (const { runId, origin } of line) {
    const from = origin === undefined ? 0 : origin.position + 1
    if (from <= to) segments.unshift({ runId, from, to })
    to = Math.min(to, from - 1)
  }
  return segments
}

import type { SqlError } from "@effect/sql/SqlError"
import { Effect, Either } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import type { Origin } from "../../EventLog.ts"
import { type Segment, segmentsFrom } from "../segments.ts"
import type { Ask } from "./connection.ts"
import type { Found } from "./heads.ts"
import type { Run } from "./transaction.ts"

/** Beyond it a line of descent is taken for a damaged one, which may run in circles. */
const deepest = 100_000

/** A run's line of descent, from itself to its oldest ancestor. */
const line = `WITH RECURSIVE line (depth, run_id, parent_id, parent_pos) AS (
    SELECT 0, run_id, parent_id, parent_pos FROM lineage WHERE run_id = ?
    UNION ALL
    SELECT line.depth + 1, lineage.run_id, lineage.parent_id, lineage.parent_pos
    FROM lineage JOIN line ON lineage.run_id = line.parent_id AND line.parent_id <> line.run_id
    WHERE line.depth < ${deepest}
  )`

interface LineRow {
  readonly run_id: RunId
  readonly parent_id: RunId | null
  readonly parent_pos: number | null
}

const descent = `${line} SELECT run_id, parent_id, parent_pos FROM line ORDER BY depth`

const partsOf = (rows: ReadonlyArray<LineRow>): ReadonlyArray<Segment> =>
  segmentsFrom(
    rows.map(({ run_id, parent_id, parent_pos }) => ({
      runId: run_id,
      origin: parent_id === null ? undefined : { parent: parent_id, position: parent_pos! }
    }))
  )

/** The runs whose events a run consists of, oldest first; empty for a run that is not there. */
export const segmentsOf = (run: Run, runId: RunId): Effect.Effect<ReadonlyArray<Segment>, SqlError> =>
  Effect.map(run<LineRow>(descent, [runId]), partsOf)

/** The same, at once. */
export const partsIn = (ask: Ask, runId: RunId): ReadonlyArray<Segment> =>
  partsOf(ask<LineRow>(descent, [runId]))

/** The answer that the nearest ancestor of a run has committed to a call, in whatever part of its log. */
export const answerInLine = (ask: Ask, runId: RunId, callKey: string, requestHash: string) =>
  ask<{ readonly run_id: RunId; readonly pos: number }>(
    `${line} SELECT event.run_id, event.pos FROM line JOIN event ON event.run_id = line.run_id
      WHERE line.depth > 0 AND event.type = 'CompletionReceived' AND event.call_key = ? AND event.request_hash = ?
      ORDER BY line.depth LIMIT 1`,
    [runId, callKey, requestHash]
  )[0]

/** The head that a new run begins behind: that of its parent at the position where it leaves it. */
export const headOfBranch = (
  ask: Ask,
  runId: RunId,
  { parent, position }: Origin,
  isHere: boolean
): Found => {
  const [known] = ask("SELECT 1 AS known FROM lineage WHERE run_id = ?", [runId])
  if (isHere || known !== undefined) return Either.left(`run ${runId} is there already`)
  const owner = partsIn(ask, parent).find(({ from, to }) => from <= position && position <= to)
  const [tip] =
    owner === undefined
      ? []
      : ask<{ readonly hash: string }>(
          "SELECT lower(hex(hash)) AS hash FROM event WHERE run_id = ? AND pos = ?",
          [owner.runId, position]
        )
  return tip === undefined
    ? Either.left(`run ${parent} has no position ${position} to go on from`)
    : Either.right({ pos: position, hash: tip.hash, summary: undefined })
}

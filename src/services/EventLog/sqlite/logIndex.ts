import { Effect, Layer } from "effect"
import type { NodeId, RunId } from "../../../domain/ids.ts"
import { generationAt, placedTypes } from "../../../domain/search/generationOf.ts"
import type { LogFailed, Stored } from "../../EventLog.ts"
import { type Beginning, LogIndex } from "../../LogIndex.ts"
import { EventForms } from "../EventForms.ts"
import type { Segment } from "../segments.ts"
import { LogFile } from "./connect.ts"
import { atOnce, whileBusy } from "./failure.ts"
import { partsIn } from "./lineage.ts"
import { rowsBetween, storedIn } from "./stretch.ts"

const doing = "looking for an event"
/** Runs whose parts are kept. */
const keptRuns = 64

const placedIn = `SELECT pos, node_id AS place FROM event WHERE run_id = ? AND pos BETWEEN ? AND ?
  AND type IN (${placedTypes.map((type) => `'${type}'`).join(", ")}) ORDER BY pos`
const answerOf = `SELECT pos FROM event
  WHERE run_id = ? AND call_key = ? AND type = 'CompletionReceived' AND pos BETWEEN ? AND ?`
const evaluationOf = `SELECT pos FROM event
  WHERE run_id = ? AND pos BETWEEN ? AND ? AND type = 'ProgramEvaluated' AND node_id = ? ORDER BY pos LIMIT 1`
const largestOf = `SELECT max(json_extract(data, '$.index')) AS largest FROM event
  WHERE run_id = ? AND pos BETWEEN ? AND ? AND type = 'ProgramWritten'`
const beginningOf = `SELECT pos, iif(type = 'RunForked', json_extract(data, '$.at.node'), NULL) AS node FROM event
  WHERE run_id = ? AND pos = ?`
const endOf = "SELECT max(pos) AS pos FROM event WHERE run_id = ?"

/** By the order of positions and by the index of answers, which the log has anyway. */
export const layerLogIndex = Layer.effect(
  LogIndex,
  Effect.gen(function* () {
    const { file, reading } = yield* LogFile
    const { ask, askLists } = reading
    const forms = yield* EventForms
    const kept = new Map<RunId, ReadonlyArray<Segment>>()

    /** The parts of a run never change once it has begun. */
    const partsOf = (runId: RunId): ReadonlyArray<Segment> => {
      const known = kept.get(runId)
      if (known !== undefined) return known
      const parts = partsIn(ask, runId)
      if (parts.length > 0) kept.set(runId, parts)
      for (const oldest of kept.keys()) {
        if (kept.size <= keptRuns) break
        kept.delete(oldest)
      }
      return parts
    }

    /** The parts between two positions, cut to them. */
    const partsBetween = (runId: RunId, from: number, to: number): ReadonlyArray<Segment> =>
      partsOf(runId).flatMap((part) =>
        part.to < from || part.from > to
          ? []
          : [{ runId: part.runId, from: Math.max(part.from, from), to: Math.min(part.to, to) }]
      )

    const listed = (runId: RunId, from: number, to: number): ReadonlyArray<Stored> =>
      partsBetween(runId, from, to).flatMap((part) =>
        rowsBetween(askLists, part.runId, part.from, part.to, part.to - part.from + 1).map((row) =>
          storedIn(part.runId, row, forms)
        )
      )

    const evaluatedIn = (runId: RunId, node: NodeId, from: number) => {
      for (const part of partsBetween(runId, from, Number.MAX_SAFE_INTEGER)) {
        const [row] = ask<{ readonly pos: number }>(evaluationOf, [part.runId, part.from, part.to, node])
        const [stored] = row === undefined ? [] : listed(runId, row.pos, row.pos)
        if (stored?.event._tag === "ProgramEvaluated") return { pos: stored.pos, event: stored.event }
      }
      return undefined
    }

    const looked = <A>(look: () => A): Effect.Effect<A, LogFailed> => whileBusy(file, doing, atOnce(look))

    return {
      outline: (runId) =>
        looked(() => {
          const parts = partsOf(runId)
          const [own] = ask<{ readonly pos: number | null }>(endOf, [runId])
          return {
            beginnings: parts.flatMap((part) => ask<Beginning>(beginningOf, [part.runId, part.from])),
            end: own?.pos ?? -1
          }
        }),
      between: (runId, from, to) => looked(() => listed(runId, from, to)),
      placed: (runId, from, to) =>
        looked(() =>
          partsBetween(runId, from, to).flatMap((part) =>
            ask<{ readonly pos: number; readonly place: string }>(placedIn, [
              part.runId,
              part.from,
              part.to
            ]).map(({ pos, place }) => ({ pos, generation: generationAt(place) }))
          )
        ),
      answered: (runId, callKey) =>
        looked(() => {
          for (const part of partsOf(runId).toReversed()) {
            const [row] = ask<{ readonly pos: number }>(answerOf, [part.runId, callKey, part.from, part.to])
            if (row !== undefined) return row.pos
          }
          return undefined
        }),
      evaluated: (runId, node, from) => looked(() => evaluatedIn(runId, node, from)),
      largestIndex: (runId, from, to) =>
        looked(() => {
          const found = partsBetween(runId, from, to).flatMap((part) =>
            ask<{ readonly largest: number | null }>(largestOf, [part.runId, part.from, part.to])
          )
          const indices = found.flatMap(({ largest }) => (largest === null ? [] : [largest]))
          return indices.length === 0 ? undefined : Math.max(...indices)
        })
    }
  })
)

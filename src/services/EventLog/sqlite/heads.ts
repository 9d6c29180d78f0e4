import type { SqlError } from "@effect/sql/SqlError"
import { Effect } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { chainOrigin } from "../chain.ts"
import type { Tip } from "../eventRow.ts"
import type { Projection } from "../runProjection.ts"
import { type SummaryRow, selectRuns, summaryFromRow } from "./summaryRow.ts"
import type { Run } from "./transaction.ts"

/** The end of a run's chain and its projection. */
export interface Head extends Tip {
  readonly summary: Projection | undefined
}

/** Why a run cannot be appended to by this process now. */
export interface Conflict {
  readonly _tag: "Conflict"
  readonly reason: string
}

/** A head, and the version of the database at which nobody else had appended behind it. */
interface Known extends Head {
  readonly version: number
}

/** Runs whose heads are kept. */
const capacity = 4_096

/**
 * The heads of the runs that this process appends to. They are looked at anew when another connection has committed
 * something (SQLite's `data_version`): whoever then finds its run moved, or its lease taken, must not append to it,
 * since it has decided upon a past that is not the run's any more.
 */
export const makeHeads = (held: ReadonlyMap<RunId, number>) => {
  const known = new Map<RunId, Known>()

  const forget = (appended: Iterable<{ readonly runId: RunId }>) => {
    for (const { runId } of appended) known.delete(runId)
  }

  /** Within a transaction. */
  const headOf = (run: Run, runId: RunId, version: number): Effect.Effect<Head, SqlError | Conflict> =>
    Effect.gen(function* () {
      const cached = known.get(runId)
      if (cached?.version === version) return cached
      const epoch = held.get(runId)
      if (epoch !== undefined) yield* checkLease(run, runId, epoch)
      const head = yield* loadHead(run, runId)
      if (cached !== undefined && cached.pos !== head.pos) {
        known.delete(runId)
        return yield* conflict(
          `another process has appended to run ${runId}, which ends at position ${head.pos} and not at ${cached.pos}; read it again`
        )
      }
      return head
    })

  const keep = (runId: RunId, head: Head, version: number) => {
    known.delete(runId)
    known.set(runId, { ...head, version })
    for (const oldest of known.keys()) {
      if (known.size <= capacity) return
      known.delete(oldest)
    }
  }

  let lastVersion: number | undefined
  let lastSchema: number | undefined

  /**
   * Whether the content of the file was exchanged since the last transaction that was kept, as `seidr compact` does,
   * which also counts the schema up. Within a transaction; the schema is to be kept when that has ended well.
   */
  const lookAtSchema = (run: Run, version: number) =>
    Effect.gen(function* () {
      if (version === lastVersion) return { schema: lastSchema, isRenewed: false }
      const [row] = yield* run<{ readonly schema_version: number }>("PRAGMA schema_version")
      const schema = row?.schema_version
      return { schema, isRenewed: lastSchema !== undefined && lastSchema !== schema }
    })

  const keepSchema = (version: number, schema: number | undefined) => {
    lastVersion = version
    lastSchema = schema
  }

  return { headOf, keep, forget, lookAtSchema, keepSchema }
}

const conflict = (reason: string): Effect.Effect<never, Conflict> =>
  Effect.fail({ _tag: "Conflict" as const, reason })

const checkLease = (run: Run, runId: RunId, epoch: number): Effect.Effect<void, SqlError | Conflict> =>
  Effect.gen(function* () {
    const [lease] = yield* run<{ epoch: number; host: string; pid: number }>(
      "SELECT epoch, host, pid FROM lease WHERE run_id = ?",
      [runId]
    )
    if (lease?.epoch === epoch) return
    return yield* conflict(
      lease === undefined
        ? `the lease of run ${runId} is gone`
        : `run ${runId} was taken over by process ${lease.pid} on ${lease.host}`
    )
  })

const loadHead = (run: Run, runId: RunId): Effect.Effect<Head, SqlError> =>
  Effect.gen(function* () {
    const [last] = yield* run<Tip>(
      "SELECT pos, lower(hex(hash)) AS hash FROM event WHERE run_id = ? ORDER BY pos DESC LIMIT 1",
      [runId]
    )
    if (last === undefined) return { pos: -1, hash: chainOrigin, summary: undefined }
    const [row] = yield* run<SummaryRow>(`${selectRuns} WHERE run.run_id = ?`, [runId])
    return { ...last, summary: row === undefined ? undefined : summaryFromRow(row) }
  })

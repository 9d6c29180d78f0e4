import { Either } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { chainOrigin } from "../chain.ts"
import type { Tip } from "../eventRow.ts"
import type { Projection } from "../runProjection.ts"
import type { Ask } from "./connection.ts"
import { type SummaryRow, selectRuns, summaryFromRow } from "./summaryRow.ts"

/** The end of a run's chain and its projection. */
export interface Head extends Tip {
  readonly summary: Projection | undefined
}

/** A head, or why this process cannot append behind it now. */
export type Found = Either.Either<Head, string>

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
  const headOf = (ask: Ask, runId: RunId, version: number): Found => {
    const cached = known.get(runId)
    if (cached?.version === version) return Either.right(cached)
    const epoch = held.get(runId)
    const lost = epoch === undefined ? undefined : lostLease(ask, runId, epoch)
    if (lost !== undefined) return Either.left(lost)
    const head = loadHead(ask, runId)
    if (cached !== undefined && cached.pos !== head.pos) {
      known.delete(runId)
      return Either.left(
        `another process has appended to run ${runId}, which ends at position ${head.pos} and not at ${cached.pos}; read it again`
      )
    }
    return Either.right(head)
  }

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
  const lookAtSchema = (ask: Ask, version: number) => {
    if (version === lastVersion) return { schema: lastSchema, isRenewed: false }
    const [row] = ask<{ readonly schema_version: number }>("PRAGMA schema_version")
    const schema = row?.schema_version
    return { schema, isRenewed: lastSchema !== undefined && lastSchema !== schema }
  }

  const keepSchema = (version: number, schema: number | undefined) => {
    lastVersion = version
    lastSchema = schema
  }

  return { headOf, keep, forget, lookAtSchema, keepSchema }
}

const lostLease = (ask: Ask, runId: RunId, epoch: number): string | undefined => {
  const [lease] = ask<{ epoch: number; host: string; pid: number }>(
    "SELECT epoch, host, pid FROM lease WHERE run_id = ?",
    [runId]
  )
  if (lease?.epoch === epoch) return undefined
  return lease === undefined
    ? `the lease of run ${runId} is gone`
    : `run ${runId} was taken over by process ${lease.pid} on ${lease.host}`
}

const loadHead = (ask: Ask, runId: RunId): Head => {
  const [last] = ask<Tip>(
    "SELECT pos, lower(hex(hash)) AS hash FROM event WHERE run_id = ? ORDER BY pos DESC LIMIT 1",
    [runId]
  )
  if (last === undefined) return { pos: -1, hash: chainOrigin, summary: undefined }
  const [row] = ask<SummaryRow>(`${selectRuns} WHERE run.run_id = ?`, [runId])
  return { ...last, summary: row === undefined ? undefined : summaryFromRow(row) }
}

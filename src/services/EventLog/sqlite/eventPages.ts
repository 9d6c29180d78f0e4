import { Effect } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import type { EventRow } from "../chain.ts"

/** An event's row with the end of the chain after it, in hexadecimal. */
export type LinkedRow = EventRow & { readonly link: string }

/** Runs a statement on some connection. */
export type Ask<E> = <Row extends object>(
  statement: string,
  parameters?: ReadonlyArray<unknown>
) => Effect.Effect<ReadonlyArray<Row>, E>

/** What a `LinkedRow` is read from. */
export const columns =
  "run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, lower(hex(hash)) AS link"

/** Rows of one page: a reader holds the file only as long as a page takes. */
const pageSize = 500

const statement = `SELECT ${columns} FROM event WHERE run_id = ? AND pos >= ? ORDER BY pos LIMIT ${pageSize}`

/** Shows each of a run's own rows from a position on, in order. */
export const eachRow = <E>(
  ask: Ask<E>,
  runId: RunId,
  from: number,
  use: (row: LinkedRow) => void
): Effect.Effect<void, E> =>
  Effect.gen(function* () {
    for (let next = from; ; ) {
      const rows: ReadonlyArray<LinkedRow> = yield* ask<LinkedRow>(statement, [runId, next])
      for (const row of rows) use(row)
      if (rows.length < pageSize) return
      next = rows.at(-1)!.pos + 1
    }
  })

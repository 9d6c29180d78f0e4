import { Effect, Either, Layer, ParseResult, Schema } from "effect"
import { broughtUp } from "../../../domain/eventForms.ts"
import type { RunId } from "../../../domain/ids.ts"
import { MeasuredEvent, measuredTags } from "../../../domain/metrics/run/measuredEvent.ts"
import { recorder } from "../../../domain/metrics/run/recorder.ts"
import { LogFailed } from "../../EventLog.ts"
import { RunRecords } from "../../RunRecords.ts"
import type { EventRow } from "../chain.ts"
import { fieldsOf, type LookedUp } from "../columnFields.ts"
import { faultOf } from "../eventRow.ts"
import type { Segment } from "../segments.ts"
import { LogFile } from "./connect.ts"
import { whileBusy } from "./failure.ts"
import { segmentsOf } from "./lineage.ts"
import type { Run } from "./transaction.ts"

/** Events of one page: a reader holds the file only as long as a page takes. */
const pageSize = 1_000
const doing = "reading it"

const page = `SELECT pos, type, ver, node_id, call_key, request_hash, at, data FROM event
  WHERE run_id = ? AND pos BETWEEN ? AND ? AND type IN (${measuredTags.map((tag) => `'${tag}'`).join(", ")})
  ORDER BY pos LIMIT ${pageSize}`

type Row = LookedUp & Pick<EventRow, "pos" | "type" | "ver" | "at" | "data">

const decode = Schema.decodeUnknownSync(MeasuredEvent)

/** Reads for metrics: no chain, no texts, and of each event only what counts. */
export const layerRunRecords = Layer.effect(
  RunRecords,
  Effect.gen(function* () {
    const { file, reader } = yield* LogFile
    const ask: Run = (statement, parameters = []) => reader.unsafe(statement, parameters)

    const eventOf = (owner: RunId, row: Row): MeasuredEvent => {
      const { pos, type, ver } = row
      const name = `event ${pos} of run ${owner}`
      try {
        const fields = broughtUp(type, ver, fieldsOf(row))
        if (Either.isRight(fields)) return decode({ _tag: type, ...fields.right })
        throw new Error(fields.left)
      } catch (error) {
        if (!ParseResult.isParseError(error) && !(error instanceof SyntaxError)) {
          throw new Error(`${name} ${error instanceof Error ? error.message : String(error)}`)
        }
        throw new Error(`${name} is damaged: ${faultOf(error)}`)
      }
    }

    const of = Effect.fn("RunRecords.of")(function* (runId: RunId) {
      const { take, record } = recorder()
      const takeAll = (owner: RunId, rows: ReadonlyArray<Row>) =>
        Effect.try({
          try: () => {
            for (const row of rows) take({ at: row.at, isOwn: owner === runId, event: eventOf(owner, row) })
          },
          catch: (error) =>
            new LogFailed({ file, doing, reason: error instanceof Error ? error.message : String(error) })
        })
      const parts: ReadonlyArray<Segment> = yield* whileBusy(file, doing, segmentsOf(ask, runId))
      for (const { runId: owner, from, to } of parts) {
        for (let next = from; ; ) {
          const rows: ReadonlyArray<Row> = yield* whileBusy(file, doing, ask<Row>(page, [owner, next, to]))
          yield* takeAll(owner, rows)
          if (rows.length < pageSize) break
          next = rows.at(-1)!.pos + 1
        }
      }
      return record()
    })

    return { of }
  })
)

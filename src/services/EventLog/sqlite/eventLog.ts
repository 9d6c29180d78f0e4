import { Cache, Chunk, Effect, Layer, Option, Queue, Stream } from "effect"
import type { Ref } from "../../../domain/events.ts"
import type { RunId } from "../../../domain/ids.ts"
import { EventLog, LogFailed, type Stored } from "../../EventLog.ts"
import { type BlobRow, fromBlob } from "../blob.ts"
import type { EventRow } from "../chain.ts"
import { fromRow } from "../eventRow.ts"
import { LogFile, whileBusy } from "./connect.ts"
import { makeWriter } from "./writer.ts"

/** Events of one page of a read: a reader holds the file only as long as a page takes. */
const pageSize = 500
/** Events that a subscriber may be behind; then the writer waits for it. */
const subscriberLag = 4_096
/** Texts that are kept in memory. */
const keptTexts = 512

/** The log in an SQLite file; see section 6 of the design. */
export const layerEventLog = Layer.scoped(
  EventLog,
  Effect.gen(function* () {
    const { file, reader, writer: connection } = yield* LogFile
    const subscribers = new Map<RunId, Set<Queue.Queue<Stored>>>()

    const publish = (events: ReadonlyArray<Stored>) =>
      Effect.forEach(
        events,
        (event) =>
          Effect.forEach(
            subscribers.get(event.runId) ?? [],
            // A subscriber that leaves while it is waited for must not take the writer with it.
            (queue) => Effect.exit(Queue.offer(queue, event)),
            { discard: true }
          ),
        { discard: true }
      )

    const writer = connection === undefined ? undefined : yield* makeWriter(file, connection, publish)

    const page = (runId: RunId, from: number) =>
      whileBusy(
        file,
        "reading it",
        reader.unsafe<EventRow & { readonly link: string }>(
          "SELECT run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, lower(hex(hash)) AS link FROM event WHERE run_id = ? AND pos >= ? ORDER BY pos LIMIT ?",
          [runId, from, pageSize]
        )
      ).pipe(
        Effect.flatMap((rows) =>
          Effect.try({
            try: () => rows.map(({ link, ...row }) => fromRow(row, link)),
            catch: (error) =>
              new LogFailed({
                file,
                doing: "reading it",
                reason: error instanceof Error ? error.message : String(error)
              })
          })
        )
      )

    const texts = yield* Cache.make({
      capacity: keptTexts,
      timeToLive: "1 hour",
      lookup: (ref: Ref) =>
        whileBusy(
          file,
          "reading a text",
          reader.unsafe<BlobRow>("SELECT hash, size, encoding, content FROM blob WHERE hash = ?", [ref])
        ).pipe(
          Effect.flatMap(([row]) =>
            Effect.try({
              try: () => {
                if (row === undefined) throw new Error(`text ${ref} is missing`)
                return fromBlob(row)
              },
              catch: (error) =>
                new LogFailed({
                  file,
                  doing: "reading a text",
                  reason: error instanceof Error ? error.message : String(error)
                })
            })
          )
        )
    })

    return {
      append: (runId, entries, appended) =>
        writer === undefined
          ? new LogFailed({ file, doing: "appending to it", reason: "it was opened for reading only" })
          : writer.append(runId, entries, appended),

      read: (runId, from = 0) =>
        Stream.paginateChunkEffect(from, (position) =>
          Effect.map(page(runId, position), (events) => [
            Chunk.unsafeFromArray(events),
            events.length < pageSize ? Option.none() : Option.some(events.at(-1)!.pos + 1)
          ])
        ),

      subscribe: (runId) =>
        Effect.acquireRelease(
          Effect.gen(function* () {
            const queue = yield* Queue.bounded<Stored>(subscriberLag)
            const known = subscribers.get(runId) ?? new Set()
            subscribers.set(runId, known.add(queue))
            return queue
          }),
          (queue) =>
            Effect.gen(function* () {
              const known = subscribers.get(runId)
              known?.delete(queue)
              if (known?.size === 0) subscribers.delete(runId)
              yield* Queue.shutdown(queue)
            })
        ),

      text: (ref) => texts.get(ref)
    }
  })
)

import { SqlError } from "@effect/sql/SqlError"
import type { SqliteClient } from "@effect/sql-sqlite-node/SqliteClient"
import { Clock, Deferred, Effect, Queue, type Scope } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { type Entry, LogFailed, type Stored } from "../../EventLog.ts"
import type { RunSummary } from "../../RunCatalogue.ts"
import { type BlobRow, maxBlobBytes, toBlob } from "../blob.ts"
import { chainLink, chainOrigin, type EventRow } from "../chain.ts"
import { stored, toRow } from "../eventRow.ts"
import { projectRun } from "../runProjection.ts"
import { isConstraint, reasonOf, whileBusy } from "./connect.ts"
import { insertBlobs, insertEvents, upsertRuns } from "./statements.ts"
import { summaryOf } from "./summaries.ts"

/** One call of `append`, waiting for its commit. */
interface Request {
  readonly runId: RunId
  readonly entries: ReadonlyArray<Entry>
  readonly blobs: ReadonlyArray<BlobRow>
  readonly done: Deferred.Deferred<ReadonlyArray<Stored>, LogFailed>
}

/** The end of a run's chain and its projection, after the last event that was committed here. */
interface Head {
  readonly pos: number
  readonly hash: string
  readonly summary: RunSummary | undefined
}

export interface Writer {
  readonly append: (
    runId: RunId,
    entries: ReadonlyArray<Entry>,
    texts: ReadonlyArray<string>
  ) => Effect.Effect<ReadonlyArray<Stored>, LogFailed>
}

/** Requests that may wait; more wait in the fibers that make them. */
const inbox = 512
/** Requests in one transaction. */
const batchSize = 128

/**
 * The one writer of a process. Whatever waits is committed in one transaction, and so with one fsync; then the
 * callers are told, and then the subscribers. `publish` must not wait for anything that waits for the log.
 */
export const makeWriter = (
  file: string,
  sql: SqliteClient,
  publish: (events: ReadonlyArray<Stored>) => Effect.Effect<void>
): Effect.Effect<Writer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const requests = yield* Queue.bounded<Request>(inbox)
    const heads = new Map<RunId, Head>()

    const commit = (
      batch: ReadonlyArray<Request>
    ): Effect.Effect<ReadonlyArray<ReadonlyArray<Stored>>, SqlError> =>
      Effect.gen(function* () {
        const at = yield* Clock.currentTimeMillis
        const moved = new Map<RunId, Head>()
        const rows: Array<EventRow & { readonly hash: string }> = []
        const results: Array<ReadonlyArray<Stored>> = []
        for (const { runId, entries } of batch) {
          if (entries.length === 0) {
            results.push([])
            continue
          }
          let head = moved.get(runId) ?? heads.get(runId) ?? (yield* loadHead(sql, runId))
          const events: Array<Stored> = []
          for (const entry of entries) {
            const row = toRow(runId, head.pos + 1, entry, at)
            const hash = chainLink(head.hash, row)
            const event = stored(row, entry.event, hash)
            rows.push({ ...row, hash })
            events.push(event)
            head = { pos: row.pos, hash, summary: projectRun(head.summary, event) }
          }
          moved.set(runId, head)
          results.push(events)
        }
        const blobs = batch.flatMap((request) => request.blobs)
        const summaries = [...moved.values()].flatMap(({ summary }) =>
          summary === undefined ? [] : [summary]
        )
        // Every statement is a write: a transaction that began with a read could not always be promoted.
        yield* sql.withTransaction(
          Effect.gen(function* () {
            yield* insertEvents(sql, rows)
            yield* insertBlobs(sql, blobs)
            yield* upsertRuns(sql, summaries)
          })
        )
        for (const [runId, head] of moved) heads.set(runId, head)
        return results
      }).pipe(
        // A defect of the driver must fail its callers, not end the writer.
        Effect.catchAllDefect((cause) => new SqlError({ cause, message: "Failed to commit" }))
      )

    const finish = (batch: ReadonlyArray<Request>, results: ReadonlyArray<ReadonlyArray<Stored>>) =>
      Effect.forEach(batch, ({ done }, index) => Deferred.succeed(done, results[index]!), {
        discard: true
      }).pipe(Effect.zipRight(publish(results.flat())))

    const failure = (reason: string) => new LogFailed({ file, doing: "appending to it", reason })

    /** A request that breaks a rule must not take the others of its batch with it. */
    const commitEach = (batch: ReadonlyArray<Request>) =>
      Effect.forEach(
        batch,
        (request) =>
          whileBusy(file, "appending to it", commit([request])).pipe(
            Effect.matchEffect({
              onFailure: (error) => Effect.asVoid(Deferred.fail(request.done, error)),
              onSuccess: (results) => finish([request], results)
            })
          ),
        { discard: true }
      )

    const work = Effect.gen(function* () {
      const batch = [...(yield* Queue.takeBetween(requests, 1, batchSize))]
      yield* commit(batch).pipe(
        Effect.matchEffect({
          onFailure: (error) => {
            for (const { runId } of batch) heads.delete(runId)
            return isConstraint(error) || batch.length === 1
              ? commitEach(batch)
              : whileBusy(file, "appending to it", commit(batch)).pipe(
                  Effect.matchEffect({
                    onFailure: () => failAll(batch, failure(reasonOf(error))),
                    onSuccess: (results) => finish(batch, results)
                  })
                )
          },
          onSuccess: (results) => finish(batch, results)
        }),
        // A batch that was taken is brought to its end: nobody may be left without an answer.
        Effect.uninterruptible
      )
    })

    yield* Effect.forkScoped(Effect.forever(work))

    const submit = (runId: RunId, entries: ReadonlyArray<Entry>, blobs: ReadonlyArray<BlobRow>) =>
      Effect.gen(function* () {
        const done = yield* Deferred.make<ReadonlyArray<Stored>, LogFailed>()
        yield* Queue.offer(requests, { runId, entries, blobs, done })
        return yield* Deferred.await(done)
      })

    // Closing the scope lets what waits be committed first: an empty request is answered after all before it.
    yield* Effect.addFinalizer(() => Effect.ignore(submit("" as RunId, [], [])))

    return {
      append: (runId, entries, texts) =>
        Effect.gen(function* () {
          const blobs = texts.map(toBlob)
          const tooBig = blobs.find(({ size }) => size > maxBlobBytes)
          if (tooBig !== undefined) {
            return yield* failure(
              `a text of ${tooBig.size} bytes is over the ${maxBlobBytes} that a log takes`
            )
          }
          return yield* submit(runId, entries, blobs)
        })
    }
  })

const failAll = (batch: ReadonlyArray<Request>, error: LogFailed): Effect.Effect<void> =>
  Effect.forEach(batch, ({ done }) => Deferred.fail(done, error), { discard: true })

const loadHead = (sql: SqliteClient, runId: RunId): Effect.Effect<Head, SqlError> =>
  Effect.gen(function* () {
    const [last] = yield* sql.unsafe<{ pos: number; hash: string }>(
      "SELECT pos, lower(hex(hash)) AS hash FROM event WHERE run_id = ? ORDER BY pos DESC LIMIT 1",
      [runId]
    )
    if (last === undefined) return { pos: -1, hash: chainOrigin, summary: undefined }
    return { ...last, summary: yield* summaryOf(sql, runId) }
  })

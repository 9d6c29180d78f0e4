import { Deferred, Effect, Either, Fiber, Mailbox, type Scope } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { LogFailed, type Origin, type Stored } from "../../EventLog.ts"
import { toBlob } from "../blob.ts"
import type { Prepared } from "../prepared.ts"
import { commit, type Outcome, type Wanted, withAllTexts } from "./commit.ts"
import type { Writable } from "./connect.ts"
import { whileBusy } from "./failure.ts"
import { makeHeads } from "./heads.ts"

/** One call of `append`, waiting for its commit. */
interface Request extends Wanted {
  /** How often the writer had forgotten what texts are in the log, when this one's were looked at. */
  readonly epoch: number
  readonly done: Deferred.Deferred<ReadonlyArray<Stored>, LogFailed>
}

export interface Writer {
  /** `origin` where the run begins as the continuation of another. */
  readonly append: (
    runId: RunId,
    prepared: Prepared,
    origin?: Origin
  ) => Effect.Effect<ReadonlyArray<Stored>, LogFailed>
}

const doing = "appending to it"
/** Requests that may wait; more wait in the fibers that make them. */
const inbox = 512
/** Requests in one transaction. */
const batchSize = 128
/** Texts that are known to be in the log, so that they are not compressed and written again. */
const knownTexts = 65_536

/**
 * The one writer of a process. Whatever waits is committed in one transaction, and so with one fsync; then the
 * callers are told, and then `publish` is called, which must not wait. Closing the scope commits what waits; who comes
 * later is told that the log is closed. An interrupted caller's request is committed or not, but never in part.
 */
export const makeWriter = (
  file: string,
  { sql, held, isInPlace }: Writable,
  publish: (events: ReadonlyArray<Stored>, texts: ReadonlyMap<string, string>) => void
): Effect.Effect<Writer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const requests = yield* Mailbox.make<Request>(inbox)
    const heads = makeHeads(held)
    const known = new Set<string>()
    let epoch = 0
    const forgetTexts = () => {
      known.clear()
      epoch += 1
    }

    const failure = (reason: string) => new LogFailed({ file, doing, reason })

    const answer = (batch: ReadonlyArray<Request>, outcomes: ReadonlyArray<Outcome>) =>
      Effect.sync(() => {
        for (const [index, { done }] of batch.entries()) {
          Deferred.unsafeDone(done, Either.mapLeft(outcomes[index]!, failure))
        }
        for (const [index, { texts }] of batch.entries()) {
          const outcome = outcomes[index]!
          if (Either.isLeft(outcome)) continue
          note(texts.keys())
          publish(outcome.right, texts)
        }
      })

    const note = (hashes: Iterable<string>) => {
      for (const hash of hashes) known.add(hash)
      for (const oldest of known) {
        if (known.size <= knownTexts) return
        known.delete(oldest)
      }
    }

    const upToDate = (request: Request): Wanted => (request.epoch === epoch ? request : withAllTexts(request))

    const work = (batch: ReadonlyArray<Request>) =>
      Effect.suspend(() =>
        isInPlace()
          ? whileBusy(file, doing, commit(sql, heads, batch.map(upToDate), forgetTexts))
          : failure("the file was moved, replaced or deleted while it was open")
      ).pipe(
        Effect.matchEffect({
          onFailure: (error) =>
            Effect.sync(() => {
              for (const { done } of batch) Deferred.unsafeDone(done, Effect.fail(error))
            }),
          onSuccess: (outcomes) => answer(batch, outcomes)
        })
      )

    const loop = Effect.gen(function* () {
      for (;;) {
        const [taken, isOver] = yield* requests.takeAll
        const waiting = [...taken]
        while (waiting.length > 0) yield* work(waiting.splice(0, batchSize))
        if (isOver) return
      }
    })

    yield* Effect.acquireRelease(Effect.forkDaemon(Effect.uninterruptible(loop)), (fiber) =>
      Effect.zipRight(requests.end, Fiber.join(fiber))
    )

    return {
      append: (runId, { drafts, texts }, origin) =>
        Effect.gen(function* () {
          const blobs = [...texts].flatMap(([hash, text]) => (known.has(hash) ? [] : [toBlob(hash, text)]))
          const done = yield* Deferred.make<ReadonlyArray<Stored>, LogFailed>()
          const isTaken = yield* requests.offer({ runId, origin, drafts, blobs, texts, epoch, done })
          if (!isTaken) return yield* failure("it has been closed")
          return yield* Deferred.await(done)
        })
    }
  })

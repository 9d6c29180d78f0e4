import { Effect, Either, Fiber, type Scope } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { LogFailed, type Origin, type Stored } from "../../EventLog.ts"
import { type BlobRow, toBlob } from "../blob.ts"
import type { Prepared } from "../prepared.ts"
import { commit, type Outcome, type Wanted, withAllTexts } from "./commit.ts"
import type { Writable } from "./connect.ts"
import { atOnce, whileBusy } from "./failure.ts"
import { makeHeads } from "./heads.ts"
import { RecentTexts } from "./RecentTexts.ts"

/** One call of `append`, waiting for its commit. */
interface Request extends Wanted {
  /** How often the writer had forgotten what texts are in the log, when this one's were looked at. */
  readonly epoch: number
  readonly tell: (committed: Effect.Effect<ReadonlyArray<Stored>, LogFailed>) => void
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
/** Requests in one transaction. */
const batchSize = 128
/** Lets all fibers go on that can, so that what they append goes into the same commit: nobody can during a commit. */
const turn = Effect.async<void>((resume) => {
  setImmediate(() => resume(Effect.void))
})

/** Texts that are known to be in the log. */
const knownTexts = 65_536

/**
 * The one writer of a process. Whatever waits is committed in one transaction, and so with one fsync; then the
 * callers are told, and then `publish` is called, which must not wait. Each caller waits for its own commit, so that no
 * more is waiting than there are fibers that append. Closing the scope commits what waits; who comes later is told that
 * the log is closed. An interrupted caller's request is committed or not, but never in part.
 */
export const makeWriter = (
  file: string,
  { connection, held, isInPlace }: Writable,
  publish: (events: ReadonlyArray<Stored>, texts: ReadonlyMap<string, string>) => void
): Effect.Effect<Writer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const waiting: Array<Request> = []
    const bell = Effect.unsafeMakeLatch(false)
    let isClosed = false
    const heads = makeHeads(held)
    const known = new RecentTexts(knownTexts)
    let epoch = 0
    const forgetTexts = () => {
      known.clear()
      epoch += 1
    }

    const failure = (reason: string) => new LogFailed({ file, doing, reason })

    const answer = (batch: ReadonlyArray<Request>, outcomes: ReadonlyArray<Outcome>) => {
      for (const [index, { tell }] of batch.entries()) {
        const outcome = outcomes[index]!
        tell(Either.isRight(outcome) ? Effect.succeed(outcome.right) : failure(outcome.left))
      }
      for (const [index, { texts }] of batch.entries()) {
        const outcome = outcomes[index]!
        if (Either.isLeft(outcome)) continue
        for (const hash of texts.keys()) known.add(hash)
        publish(outcome.right, texts)
      }
    }

    const upToDate = (request: Request): Wanted => (request.epoch === epoch ? request : withAllTexts(request))

    const commitAll = (batch: ReadonlyArray<Request>) =>
      Effect.clockWith((clock) =>
        atOnce(() =>
          commit(connection, heads, batch.map(upToDate), () => clock.unsafeCurrentTimeMillis(), forgetTexts)
        )
      )

    const work = (batch: ReadonlyArray<Request>) =>
      Effect.suspend(() =>
        isInPlace()
          ? whileBusy(file, doing, commitAll(batch))
          : failure("the file was moved, replaced or deleted while it was open")
      ).pipe(
        Effect.match({
          onFailure: (error) => {
            for (const { tell } of batch) tell(error)
          },
          onSuccess: (outcomes) => answer(batch, outcomes)
        })
      )

    const loop = Effect.gen(function* () {
      for (;;) {
        yield* bell.await
        yield* turn
        bell.unsafeClose()
        while (waiting.length > 0) yield* work(waiting.splice(0, batchSize))
        if (isClosed) return
      }
    })

    const close = Effect.suspend(() => {
      isClosed = true
      return bell.open
    })
    yield* Effect.acquireRelease(Effect.forkDaemon(Effect.uninterruptible(loop)), (fiber) =>
      Effect.zipRight(close, Fiber.join(fiber))
    )

    /** Texts that the log may not have, as they are stored. */
    const unknown = (texts: ReadonlyMap<string, string>): ReadonlyArray<BlobRow> => {
      const blobs: Array<BlobRow> = []
      for (const [hash, text] of texts) if (!known.has(hash)) blobs.push(toBlob(hash, text))
      return blobs
    }

    return {
      append: (runId, { drafts, texts }, origin) =>
        Effect.async((tell) => {
          if (isClosed) return tell(failure("it has been closed"))
          waiting.push({ runId, origin, drafts, blobs: unknown(texts), texts, epoch, tell })
          bell.unsafeOpen()
        })
    }
  })

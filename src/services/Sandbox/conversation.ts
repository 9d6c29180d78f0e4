import { Deferred, Effect, Queue, Schema, type Scope } from "effect"
import type { Execution } from "../../domain/evaluation.ts"
import type { TalkJob } from "../Sandbox.ts"
import type { Frame } from "./frames.ts"
import { type Runner, RunnerFault } from "./runner.ts"
import { CaseHeader, decoded, execution, patienceMs } from "./session.ts"

/** As the port's, before its faults have their names. */
export interface Talk {
  readonly send: (bytes: Uint8Array) => Effect.Effect<void, RunnerFault>
  readonly end: Effect.Effect<void>
  readonly receive: Effect.Effect<Uint8Array | undefined, RunnerFault>
  readonly execution: Effect.Effect<Execution, RunnerFault>
}

const Said = Schema.Union(Schema.Struct({ kind: Schema.Literal("out", "fed", "closed") }), CaseHeader)
const decodeSaid = Schema.decodeUnknown(Said)

/** What is sent at once, so that no frame keeps a runner from watching its program. */
const pieceBytes = 2 ** 16

/**
 * Begins one conversation with a runner that has a program that talks, and ends it with the scope. The runner is
 * listened to in `listening`, which outlives the scope: the next conversation begins where this one is over.
 */
export const converse = (
  runner: Runner,
  job: Pick<TalkJob, "language" | "limits" | "wallMs">,
  listening: Scope.Scope
): Effect.Effect<Talk, never, Scope.Scope> =>
  Effect.gen(function* () {
    const over = yield* Deferred.make<Execution, RunnerFault>()
    const pieces = yield* Queue.unbounded<Buffer | undefined>()
    const fed = yield* Queue.unbounded<void>()
    const turn = yield* Effect.makeSemaphore(1)

    const hear = ({ body }: Frame, said: typeof Said.Type) => {
      switch (said.kind) {
        case "out":
          return Queue.offer(pieces, body)
        case "fed":
          return Queue.offer(fed, undefined)
        case "closed":
          return Queue.offer(pieces, undefined)
        case "case":
          return Deferred.succeed(over, execution(said, body, job))
      }
    }
    const listen = Effect.gen(function* () {
      while (!(yield* Deferred.isDone(over))) {
        const frame = yield* runner.receive(patienceMs(job.wallMs))
        yield* hear(frame, yield* decoded(decodeSaid, frame))
      }
    }).pipe(
      Effect.catchAll((fault) => Deferred.fail(over, fault)),
      Effect.ensuring(
        Effect.zipRight(
          // No conversation waits for a runner that nobody listens to.
          Deferred.fail(over, new RunnerFault({ reason: "the sandbox was closed", during: "case" })),
          Queue.offer(pieces, undefined)
        )
      )
    )

    yield* Effect.acquireRelease(
      Effect.zipRight(runner.send({ kind: "talk" }), Effect.forkIn(listen, listening)),
      () => Effect.zipRight(runner.send({ kind: "stop" }), Effect.exit(Deferred.await(over)))
    )

    const sendPiece = (piece: Uint8Array) =>
      runner
        .send({ kind: "given" }, piece)
        .pipe(Effect.zipRight(Effect.raceFirst(Queue.take(fed), Effect.asVoid(Deferred.await(over)))))

    let ended = false
    const receive = Effect.gen(function* () {
      if (ended) return undefined
      const piece = yield* Queue.take(pieces)
      if (piece !== undefined) {
        yield* runner.send({ kind: "took" })
        return piece
      }
      ended = true
      // What broke off has no end that could be told from a program's own.
      const known = yield* Deferred.poll(over)
      if (known._tag === "Some") yield* known.value
      return undefined
    })

    return {
      send: (bytes) => turn.withPermits(1)(Effect.forEach(piecesOf(bytes), sendPiece, { discard: true })),
      end: runner.send({ kind: "end" }),
      receive,
      execution: Deferred.await(over)
    }
  })

const piecesOf = (bytes: Uint8Array): ReadonlyArray<Uint8Array> =>
  Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes)
  )

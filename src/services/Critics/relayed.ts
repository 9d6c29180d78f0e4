import type { Socket } from "node:net"
import { constants } from "node:os"
import { Effect, Queue } from "effect"
import type { Ending, Execution } from "../../domain/evaluation.ts"
import type { Conversation, SandboxError } from "../Sandbox.ts"

/** Who spoke last in a conversation: the critic, which may be waiting for an answer, or the program. */
export interface Talking {
  /** Whether there is a conversation now. */
  open: boolean
  waiting: boolean
}

/**
 * Passes on a conversation to a critic at the other end of a socket, up to the end of both; see `relay.py`. It ends
 * early when the critic hangs up.
 */
export const relayed = (
  socket: Socket,
  conversation: Conversation,
  talking: Talking
): Effect.Effect<Execution | undefined, SandboxError> =>
  Effect.gen(function* () {
    const given = yield* Queue.unbounded<Buffer | undefined>()
    const gone = Effect.async<undefined>((resume) => {
      const closed = () => resume(Effect.succeed(undefined))
      if (socket.destroyed) closed()
      socket.once("close", closed)
    })
    socket.on("data", (piece: Buffer) => {
      socket.pause()
      given.unsafeOffer(piece)
    })
    socket.on("end", () => given.unsafeOffer(undefined))
    socket.resume()

    const listen: Effect.Effect<void, SandboxError> = Effect.gen(function* () {
      while (true) {
        const piece = yield* Queue.take(given)
        if (piece === undefined) return yield* conversation.end
        talking.waiting = true
        yield* conversation.send(piece)
        yield* Effect.sync(() => socket.resume())
      }
    })
    const speak = Effect.gen(function* () {
      while (true) {
        const piece = yield* conversation.receive
        if (piece === undefined) break
        talking.waiting = false
        yield* written(socket, "o", piece)
      }
      yield* written(socket, "c", Buffer.alloc(0))
      const execution = yield* conversation.execution
      talking.waiting = false
      yield* written(socket, "e", Buffer.from(execution.stderr))
      yield* written(socket, "x", Buffer.of(statusOf(execution.ending)))
      return execution
    })
    const passing = Effect.raceFirst(speak, Effect.zipRight(listen, Effect.never))
    return yield* Effect.raceFirst(passing, gone)
  })

const written = (socket: Socket, kind: "o" | "c" | "e" | "x", body: Uint8Array): Effect.Effect<void> =>
  Effect.async<void>((resume) => {
    const frame = Buffer.alloc(5 + body.length)
    frame.write(kind)
    frame.writeUInt32BE(body.length, 1)
    frame.set(body, 5)
    // A critic that has hung up is noticed by its socket's end.
    socket.write(frame, () => resume(Effect.void))
  })

const numbers: ReadonlyMap<string, number> = new Map(Object.entries(constants.signals))

/** The exit status that stands for an ending, as a shell would give it. */
const statusOf = (ending: Ending): number => {
  switch (ending._tag) {
    case "Exited":
      return ending.code
    case "Signaled":
      return 128 + (numbers.get(ending.signal) ?? 0)
    case "TimeLimit":
      return 128 + constants.signals.SIGXCPU
    case "OutputLimit":
      return 128 + constants.signals.SIGXFSZ
    case "MemoryLimit":
    case "Skipped":
      return 128 + constants.signals.SIGKILL
  }
}

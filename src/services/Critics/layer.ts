import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Data, Effect, Either, Layer, Option, Queue, Schema, type Scope } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { type Consultation, CriticFailed, Critics, Judgement } from "../Critics.ts"
import { type Environment, findExecutable } from "../Sandbox/host.ts"
import type { SandboxError } from "../Sandbox.ts"
import { filesOf } from "./filesOf.ts"
import { type Spoken, startCritic } from "./process.ts"
import { relayed, type Talking } from "./relayed.ts"
import { withoutKeys } from "./withoutKeys.ts"

const relay = fileURLToPath(new URL("./relay.py", import.meta.url))

/** Critics as processes of this machine. `environment` is the user's own; they get it without its keys. */
export const layer = ({ environment }: { readonly environment: Environment }): Layer.Layer<Critics> =>
  Layer.succeed(Critics, {
    filesOf,
    consult: Effect.fn("Critics.consult")(function* (consultation) {
      const failed = (reason: string) => new CriticFailed({ critic: consultation.command[0], reason })
      return yield* Effect.scoped(
        Effect.gen(function* () {
          const python = findExecutable("python3", environment)
          if (python === undefined) return yield* failed("there is no python3 to pass on the conversation")
          const { folder, sockets } = yield* place(consultation, python).pipe(
            Effect.mapError(({ cause }) => failed(`its folder cannot be made: ${String(cause)}`))
          )
          const talking: Talking = { open: false, waiting: false }
          const ended = yield* startCritic(
            consultation.command,
            [join(folder, consultation.fileName), join(folder, runName), consultation.argument],
            withoutKeys(environment)
          )
          const spoken = yield* Effect.raceFirst(
            Effect.timeoutOption(Effect.mapError(ended, failed), consultation.timeMs),
            conversations(sockets, consultation, talking)
          )
          if (Option.isSome(spoken)) return yield* Either.mapLeft(judgementIn(spoken.value), failed)
          if (talking.open && talking.waiting) return "kept waiting" as const
          return yield* failed(`it took longer than ${consultation.timeMs / 1_000} s`)
        })
      )
    })
  })

const runName = "run"

class FolderUnusable extends Data.TaggedError("FolderUnusable")<{ readonly cause: unknown }> {}

/** A private folder with the program, and an executable that stands for it and calls here. */
const place = (
  { fileName, program }: Consultation,
  python: string
): Effect.Effect<
  { readonly folder: string; readonly sockets: Queue.Dequeue<Socket> },
  FolderUnusable,
  Scope.Scope
> =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.tryPromise({
        try: () => mkdtemp(join(tmpdir(), "seidr-critic-")),
        catch: (cause) => new FolderUnusable({ cause })
      }),
      (path) => Effect.promise(() => rm(path, { recursive: true, force: true, maxRetries: 3 }))
    )
    const socket = join(folder, "socket")
    const script = `#!/bin/sh\nexec ${[python, "-I", "-S", relay, socket].map(quoted).join(" ")}\n`
    yield* Effect.tryPromise({
      try: async () => {
        await writeFile(join(folder, fileName), program, { mode: 0o600 })
        await writeFile(join(folder, runName), script, { mode: 0o700 })
      },
      catch: (cause) => new FolderUnusable({ cause })
    })
    return { folder, sockets: yield* listening(socket) }
  })

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** Those who connect to a socket; all are hung up with the scope. */
const listening = (path: string): Effect.Effect<Queue.Dequeue<Socket>, FolderUnusable, Scope.Scope> =>
  Effect.gen(function* () {
    const sockets = yield* Queue.unbounded<Socket>()
    const open = new Set<Socket>()
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
      open.add(socket)
      // Its end is what is looked at.
      socket.on("error", () => undefined)
      socket.once("close", () => open.delete(socket))
      sockets.unsafeOffer(socket)
    })
    yield* Effect.acquireRelease(
      Effect.async<void, FolderUnusable>((resume) => {
        server.once("error", (cause) => resume(Effect.fail(new FolderUnusable({ cause }))))
        server.listen(path, () => resume(Effect.void))
      }),
      () =>
        Effect.async<void>((resume) => {
          for (const socket of open) socket.destroy()
          server.close(() => resume(Effect.void))
        })
    )
    return sockets
  })

/** Starts the program for each that connects, one after another. */
const conversations = (
  sockets: Queue.Dequeue<Socket>,
  { start }: Consultation,
  talking: Talking
): Effect.Effect<never, SandboxError> =>
  Effect.gen(function* () {
    const socket = yield* Queue.take(sockets)
    talking.open = talking.waiting = true
    yield* relayed(socket, yield* start, talking)
    talking.open = false
    socket.destroy()
  }).pipe(Effect.scoped, Effect.forever)

const decodeJudgement = Schema.decodeUnknownEither(Schema.parseJson(Judgement))

/** The judgement on the last line of what a critic has printed, or what is wrong with it. */
const judgementIn = ({ code, signal, stderr, stdout }: Spoken): Either.Either<Judgement, string> => {
  if (code !== 0) {
    const words = stderr.trim().split("\n").at(-1) ?? ""
    const how = signal === null ? `it ended with status ${code}` : `it was ended by ${signal}`
    return Either.left(printableLine(words === "" ? how : `${how}: ${words}`))
  }
  const last = stdout.trimEnd().split("\n").at(-1) ?? ""
  if (last === "") return Either.left("it said nothing")
  return Either.mapLeft(
    decodeJudgement(last),
    () =>
      'its last line is no judgement such as {"score": 0.5, "passed": false, "report": "why"}: ' +
      printableLine(last.slice(0, 200))
  )
}

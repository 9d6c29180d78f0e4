#!/usr/bin/env node
import { randomUUID } from "node:crypto"
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Cause, Console, Effect, Either, Layer, Logger, LogLevel } from "effect"
import { Notices } from "../services/Notices.ts"
import { readCommandLine, runCommandLine } from "./cli/app.ts"
import { environment } from "./cli/environment.ts"
import { endingOf } from "./cli/failure.ts"
import { makeScreen, Screen } from "./cli/Screen.ts"
import { speechOf } from "./cli/speech.ts"
import { UsageInvalid } from "./cli/usage.ts"

const line = readCommandLine(process.argv.slice(2))
const speech = Either.flatMap(line, speechOf)
const { noColor, level } = Either.getOrElse(speech, () => ({ noColor: true, level: LogLevel.Warning }))

const isSet = (name: string): boolean => (environment[name] ?? "") !== ""
const canErase = environment["TERM"] !== "dumb"
const screen = makeScreen({
  out: process.stdout,
  err: process.stderr,
  color: process.stderr.isTTY && process.stdout.isTTY && canErase && !isSet("NO_COLOR") && !noColor,
  canErase,
  seal: randomUUID()
})

// A reader that has seen enough (`seidr runs | head -1`) ends the command without a word. Nobody reading what is said
// on the side is no reason to give up a run.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0)
  throw error
})
process.stderr.on("error", () => undefined)

/** What is logged goes where notes go: standard output is for results. */
const layerLogger = Logger.replace(
  Logger.defaultLogger,
  Logger.map(Logger.stringLogger, (line) => Effect.runSync(screen.note(line)))
)

/** The CLI library says nothing on its own. */
const layerConsole = Layer.unwrapEffect(
  Effect.map(Effect.console, (console) =>
    Console.setConsole({
      ...console,
      log: (...words) => screen.note(words.map(String).join(" ")),
      error: () => Effect.void
    })
  )
)

const layer = Layer.mergeAll(
  NodeContext.layer,
  Layer.succeed(Screen, screen),
  Layer.succeed(Notices, { say: (line) => screen.note(line) }),
  layerConsole,
  layerLogger,
  Logger.minimumLogLevel(level)
)

const command = Either.flatMap(speech, () => line).pipe(
  Either.mapLeft((reason) => new UsageInvalid({ reason })),
  Effect.flatMap(runCommandLine)
)

NodeRuntime.runMain(Effect.provide(command, layer), {
  disableErrorReporting: true,
  // It would write to standard output, beside ours.
  disablePrettyLogger: true,
  teardown: (exit, end) => {
    const { status, message } = endingOf(exit)
    const last = Effect.gen(function* () {
      if (message !== undefined) yield* screen.note(`seidr: ${message}`)
      if (exit._tag === "Failure" && LogLevel.lessThanEqual(level, LogLevel.Debug)) {
        yield* screen.note(Cause.pretty(exit.cause, { renderErrorCause: true }))
      }
      yield* screen.status("")
    })
    Effect.runSync(last)
    // A pipe takes what fits into it; the rest of a document would be lost with the process.
    process.stdout.write("", () => end(status))
  }
})

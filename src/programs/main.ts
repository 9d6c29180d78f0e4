#!/usr/bin/env node
import * as NodeContext from "@effect/platform-node/NodeContext"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Cause, Console, Effect, Layer, Logger, LogLevel } from "effect"
import { runCommandLine } from "./cli/app.ts"
import { speaking } from "./cli/argv.ts"
import { environment } from "./cli/environment.ts"
import { endingOf } from "./cli/failure.ts"
import { logLevelNamed, logLevels } from "./cli/logLevel.ts"
import * as Screen from "./cli/Screen.ts"
import { OptionInvalid } from "./solve/options.ts"

const { rest: argv, noColor, log } = speaking(process.argv.slice(2))
const level = logLevelNamed(log ?? "warning")
const isTruthy = (value: string | undefined): boolean => value !== undefined && value !== ""
const color =
  process.stderr.isTTY === true &&
  process.stdout.isTTY === true &&
  !isTruthy(environment["NO_COLOR"]) &&
  environment["TERM"] !== "dumb" &&
  !noColor

// A reader that has seen enough (`seidr runs | head -1`) ends the command without a word.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0)
    throw error
  })
}

/** The CLI library's messages come with colours of their own. */
const plainText = (text: unknown): string =>
  color ? String(text) : String(text).replace(/\u001b\[[0-9;]*m/g, "")

const layerConsole = Layer.unwrapEffect(
  Effect.map(Effect.console, (console) =>
    Console.setConsole({
      ...console,
      log: (text) => Effect.sync(() => process.stdout.write(`${plainText(text)}\n`)),
      error: (text) => Effect.sync(() => process.stderr.write(`seidr: ${plainText(text).trim()}\n`))
    })
  )
)

const layer = Layer.mergeAll(
  NodeContext.layer,
  Screen.layer({ out: process.stdout, err: process.stderr, color }),
  layerConsole,
  Logger.replace(Logger.defaultLogger, Logger.withLeveledConsole(Logger.stringLogger)),
  Logger.minimumLogLevel(level ?? LogLevel.Warning)
)

const command =
  level === undefined
    ? new OptionInvalid({
        reason: `--log is ${JSON.stringify(log)}, and has to be one of ${logLevels.join(", ")}`
      })
    : runCommandLine(argv)

NodeRuntime.runMain(Effect.provide(command, layer), {
  disableErrorReporting: true,
  teardown: (exit, end) => {
    const { status, message } = endingOf(exit)
    if (message !== undefined) process.stderr.write(`seidr: ${message}\n`)
    if (exit._tag === "Failure" && level !== undefined && LogLevel.lessThanEqual(level, LogLevel.Debug)) {
      process.stderr.write(`${Cause.pretty(exit.cause, { renderErrorCause: true })}\n`)
    }
    end(status)
  }
})

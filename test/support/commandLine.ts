import * as NodeContext from "@effect/platform-node/NodeContext"
import { Effect, Either, Layer } from "effect"
import { readCommandLine, runCommandLine } from "../../src/programs/cli/app.ts"
import { endingOf } from "../../src/programs/cli/failure.ts"
import { makeScreen, Screen } from "../../src/programs/cli/Screen.ts"

/** Runs a line of words in this process, as on a terminal without colours: what it prints and how it ends. */
export const commandLine = (...words: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    let out = ""
    const stream = { isTTY: true, columns: 100, write: (text: string) => (out += text) }
    const silent = { isTTY: false, write: () => true }
    const screen = makeScreen({
      out: stream as unknown as NodeJS.WriteStream,
      err: silent as unknown as NodeJS.WriteStream,
      color: false,
      canErase: false,
      seal: "test"
    })
    const line = Either.getOrThrowWith(readCommandLine(words), (reason) => new Error(reason))
    const exit = yield* Effect.exit(
      Effect.provide(runCommandLine(line), Layer.merge(NodeContext.layer, Layer.succeed(Screen, screen)))
    )
    return { ...endingOf(exit), out }
  })

import { readFileSync } from "node:fs"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import { readCommandLine, runCommandLine } from "../../../src/programs/cli/app.ts"
import { makeScreen, Screen } from "../../../src/programs/cli/Screen.ts"

/** What a line of help prints on a terminal of so many columns. */
const printed = (line: string, columns: number) =>
  Effect.gen(function* () {
    let out = ""
    const stream = {
      isTTY: true,
      columns,
      write: (text: string) => (out += text)
    } as unknown as NodeJS.WriteStream
    const screen = makeScreen({ out: stream, err: stream, color: false, canErase: true, seal: "test" })
    const read = Either.getOrThrowWith(readCommandLine(line.split(" ")), (reason) => new Error(reason))
    yield* Effect.provide(runCommandLine(read), Layer.merge(NodeContext.layer, Layer.succeed(Screen, screen)))
    return out
  })

const commands = Effect.map(printed("--help", 100), (help) =>
  [...help.slice(help.indexOf("Commands:"), help.indexOf("Flags of every")).matchAll(/^ {2}(\w+)/gm)].map(
    ([, name]) => name!
  )
)

describe("help", () => {
  it.effect("fits narrow and wide screens, without a word lost", () =>
    Effect.gen(function* () {
      const names = yield* commands
      expect(names.length).toBeGreaterThanOrEqual(11)
      for (const line of ["--help", ...names.map((name) => `${name} --help`)]) {
        const wide = yield* printed(line, 100)
        const narrow = yield* printed(line, 40)
        expect(narrow.split(/\s+/)).toEqual(wide.split(/\s+/))
        for (const row of wide.split("\n")) expect(row.length).toBeLessThanOrEqual(100)
        // Only a single word may be wider than the screen.
        for (const row of narrow.split("\n"))
          expect(row.length <= 40 || !row.trim().includes(" "), row).toBe(true)
      }
    })
  )

  it.effect("is in docs/commands.md, command by command and flag by flag", () =>
    Effect.gen(function* () {
      const documented = readFileSync("docs/commands.md", "utf8")
      for (const name of yield* commands) {
        const section = documented.split(/^## /m).find((text) => text.startsWith(name))
        expect(section, name).toBeDefined()
        const help = yield* printed(`help ${name}`, 100)
        const own = help.slice(0, help.indexOf("Flags of every"))
        for (const [, flag] of own.matchAll(/^ {2}(--[\w-]+)/gm))
          expect(section, `${name} ${flag}`).toContain(flag)
      }
    })
  )
})

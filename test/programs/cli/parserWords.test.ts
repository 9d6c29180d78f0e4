import { Args, CliConfig, Command, Options } from "@effect/cli"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { describe, expect, it } from "@effect/vitest"
import { Effect, FastCheck as fc, Layer } from "effect"
import { parserWords, textIn } from "../../../src/programs/cli/parserWords.ts"

const value = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.constantFrom(
    "",
    "0",
    "true",
    "--json",
    "--label",
    "-1",
    "-x",
    "=",
    "a\nb",
    "\r",
    "\u2028",
    "--",
    "solve"
  )
)

/** What the CLI library makes of a line. */
const parsed = (words: ReadonlyArray<string>) => {
  let found: unknown
  const text = (name: string) => Options.optional(Options.map(Options.text(name), textIn))
  const command = Command.make(
    "solve",
    {
      label: text("label"),
      db: text("db"),
      json: Options.boolean("json"),
      problem: Args.map(Args.text(), textIn)
    },
    ({ label, db, json, problem }) =>
      Effect.sync(() => {
        found = {
          label: label._tag === "Some" ? label.value : undefined,
          db: db._tag === "Some" ? db.value : undefined,
          json,
          problem
        }
      })
  )
  const run = Command.run(Command.make("seidr").pipe(Command.withSubcommands([command])), {
    name: "seidr",
    version: "0"
  })
  return run(["node", "seidr", ...words]).pipe(
    Effect.provide(
      Layer.merge(NodeContext.layer, CliConfig.layer({ isCaseSensitive: true, autoCorrectLimit: 0 }))
    ),
    Effect.map(() => found)
  )
}

describe("parserWords", () => {
  it.effect.prop(
    "brings every value through the library unchanged",
    [value, value, value, fc.boolean()],
    ([label, db, problem, json]) =>
      Effect.gen(function* () {
        const flags = new Map<string, string | null>([
          ["label", label],
          ["db", db]
        ])
        if (json) flags.set("json", null)
        expect(yield* parsed(parserWords({ command: "solve", flags, args: [problem] }))).toEqual({
          label,
          db,
          json,
          problem
        })
      })
  )
})

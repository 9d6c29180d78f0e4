import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { FileSystem } from "@effect/platform"
import { NodeContext } from "@effect/platform-node"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Either, Option } from "effect"
import { readLine } from "../../src/programs/cli/argv.ts"
import { gridOf, gridOptions } from "../../src/programs/cli/experiment/make.ts"
import { knownColumns, rowOptions } from "../../src/programs/cli/experiment/rowOptions.ts"
import type { Reader } from "../../src/programs/cli/options.ts"
import { gridTable } from "../../src/programs/experiment/grid.ts"
import { readTable } from "../../src/programs/experiment/table.ts"
import { requestOf, type SolveOptions } from "../../src/programs/solve/options.ts"

const documented = readFileSync(fileURLToPath(new URL("../../docs/reproduce.md", import.meta.url)), "utf8")

/** The commands that write tables, with the rows that the page promises. */
const commands = [...documented.matchAll(/^ {4}\$ seidr (experiment make .+?) {2}# (\d+) rows$/gm)].map(
  ([, words, rows]) => [words!.replace(/.* --out (\S+)$/, "$1"), words!, Number(rows)] as const
)

const outFlag = { name: "out", value: "FILE", about: "", isRequired: false }
const specs = [outFlag, ...Object.values(gridOptions).map(({ flag }) => flag)]

/** What a row of a command's table asks for, each checked as `solve` checks its options. */
const rowsOf = Effect.fnUntraced(function* (words: string) {
  const { args, flags } = Either.getOrThrowWith(
    readLine(words.split(" "), specs),
    (reason) => new Error(reason)
  )
  expect(args).toEqual(["make"])
  const given = Object.fromEntries(
    Object.entries(gridOptions).map(([key, { flag, read }]) => {
      const text = flags.get(flag.name)
      const value = typeof text === "string" ? Option.some((read as Reader<unknown>)(text)) : Option.none()
      return [key, Option.map(value, Either.getOrThrow)]
    })
  ) as Parameters<typeof gridOf>[0]
  const file = join(yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped(), "grid.csv")
  writeFileSync(file, gridTable(Either.getOrThrow(gridOf(given))))
  const { faults, rows } = yield* readTable(file, knownColumns)
  expect(faults).toEqual([])
  const different = new Set(rows.map(({ cells }) => JSON.stringify([...cells])))
  const some = rows.filter((_, index) => index % 7 === 0)
  return {
    count: rows.length,
    different: different.size,
    /** Every seventh. */
    options: some.map((row): SolveOptions => Either.getOrThrow(rowOptions(row)))
  }
})

const numbers = (values: Iterable<number | undefined>) =>
  [...new Set(values)].sort((left, right) => left! - right!)

describe("docs/reproduce.md", () => {
  it("has the published grids", () => {
    expect(commands.map(([file]) => file)).toEqual([
      "gecco23.csv",
      "gecco23-instructions.csv",
      "telo25-psb2.csv",
      "telo25-humaneval.csv",
      "lexicase-1.csv",
      "lexicase-2.csv",
      "lexicase-3.csv",
      "lexicase-4.csv",
      "lexicase-5.csv"
    ])
  })

  it.scoped.each(commands)(
    "writes as many rows of %s as it says, each another search",
    ([file, words, count]) =>
      Effect.gen(function* () {
        const rows = yield* rowsOf(words)
        expect([rows.count, rows.different]).toEqual([count, count])
        yield* requestOf(rows.options[0]!)
        const gecco = file.startsWith("gecco")
        const shapes = rows.options.map((row) => ({
          square: row.beamWidth === row.draftsPerPrompt && row.repairsPerExplanation === row.draftsPerPrompt,
          inItsLanguage: !row.problem.startsWith("humaneval") || row.problem.split("/")[1] === row.language,
          rest: `${row.ranking} ${row.maxPrograms} ${row.explanationsPerProgram} ${row.validExamples} ${row.testExamples}`
        }))
        const ranking = file.startsWith("lexicase") ? "lexicase" : "score"
        const rest = gecco ? `${ranking} 1000 1 100 2000` : `${ranking} 100 2 50 2000`
        expect(shapes).toEqual(shapes.map(() => ({ square: true, inItsLanguage: true, rest })))
      }).pipe(Effect.provide(NodeContext.layer))
  )

  it.scoped("crosses the published arities", () =>
    Effect.gen(function* () {
      const aritiesOf = (file: string) =>
        Effect.map(rowsOf(commands.find(([name]) => name === file)![1]), ({ options }) =>
          numbers(options.map(({ draftsPerPrompt }) => draftsPerPrompt))
        )
      expect(yield* aritiesOf("gecco23.csv")).toEqual([1, 10, 100, 1_000])
      expect(yield* aritiesOf("telo25-psb2.csv")).toEqual([1, 2, 4, 10, 16, 100])
    }).pipe(Effect.provide(NodeContext.layer))
  )
})

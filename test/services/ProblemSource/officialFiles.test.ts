import { existsSync } from "node:fs"
import { FileSystem } from "@effect/platform"
import { expect, layer } from "@effect/vitest"
import { Effect, Either } from "effect"
import { ioCasesOf } from "../../../src/domain/problem.ts"
import { tasks } from "../../../src/domain/psb2/tasks.ts"
import { officialCases } from "../../../src/domain/psb2/text.ts"
import { HiddenCases } from "../../../src/services/HiddenCases.ts"
import { type ProblemRequest, ProblemSource } from "../../../src/services/ProblemSource.ts"
import { asking, live } from "./request.ts"

const shared = "../shared/data"

/** A data folder that has these files of fizz-buzz (an integer, and a word for it), in the layout that is asked for. */
const dataOf = Effect.fn(function* (
  files: { readonly edge?: string; readonly random?: string },
  middle = "psb2/datasets"
) {
  const fs = yield* FileSystem.FileSystem
  const data = yield* fs.makeTempDirectoryScoped()
  const folder = `${data}/${middle}/fizz-buzz`
  yield* fs.makeDirectory(folder, { recursive: true })
  for (const [part, text] of Object.entries(files))
    yield* fs.writeFileString(`${folder}/fizz-buzz-${part}.json`, text)
  return data
})

const line = (number: number, word: string) => `{"input1": ${number}, "output1": "${word}"}\n`
const officialLines = (from: number, to: number, word: string) =>
  Array.from({ length: to - from }, (_, index) => line(from + index, word)).join("")

const edge = officialLines(0, 10, "edge")
const random = officialLines(1_000, 6_000, "random")

const ask = (more: Parameters<typeof asking>[1]) => asking("fizz-buzz", { validExamples: 30, ...more })

layer(live)("official files of PSB2", (it) => {
  for (const middle of ["psb2/datasets", "psb2"]) {
    it.scoped(`takes official edges from ${middle}, and generates the others`, () =>
      Effect.gen(function* () {
        const { load } = yield* ProblemSource
        const { edge: edges, hidden } = yield* HiddenCases
        const request = ask({ data: yield* dataOf({ edge }, middle) })
        const { problem } = yield* load(request)
        expect(problem.origin).toEqual({ dataset: "psb2", edge: "official", random: "generated" })
        expect(problem.validation).toHaveLength(30)
        expect(
          ioCasesOf(problem.validation)
            .slice(0, 10)
            .map(({ output }) => output)
        ).toEqual(Array(10).fill("edge\n"))
        expect(
          ioCasesOf(problem.validation)
            .slice(10)
            .some(({ output }) => output === "edge\n")
        ).toBe(false)
        expect(yield* edges(request)).toEqual(problem.validation.slice(0, 10))
        expect(yield* hidden(request)).toHaveLength(200)
      })
    )
  }

  it.scoped("samples the official random file for both sets, without overlap", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const { hidden } = yield* HiddenCases
      const data = yield* dataOf({ edge, random })
      const { problem } = yield* load(ask({ data }))
      const unseen = yield* hidden(ask({ data }))
      expect(problem.origin).toEqual({ dataset: "psb2", edge: "official", random: "official" })
      const sampled = ioCasesOf([...problem.validation.slice(10), ...unseen])
      expect(new Set(sampled.map(({ output }) => output))).toEqual(new Set(["random\n"]))
      expect(sampled).toHaveLength(220)
      expect(new Set(sampled.map(({ input }) => input)).size).toBe(220)
      const numbers = sampled.map(({ input }) => Number(input))
      expect(Math.min(...numbers)).toBeLessThan(1_500)
      expect(Math.max(...numbers)).toBeGreaterThan(5_500)

      expect((yield* load(ask({ data, testExamples: 7 }))).problem.validation).toEqual(problem.validation)
      expect((yield* load(ask({ data, seed: 7 }))).problem.validation).not.toEqual(problem.validation)
      const more = (yield* load(ask({ data, validExamples: 50 }))).problem.validation
      expect(more.slice(0, 30)).toEqual(problem.validation)
    })
  )

  it.scoped("fills the hidden set although the random file repeats itself", () =>
    Effect.gen(function* () {
      const { hidden } = yield* HiddenCases
      const unseen = yield* hidden(
        ask({ data: yield* dataOf({ random: officialLines(1_000, 1_400, "again").repeat(10) }) })
      )
      expect(new Set(ioCasesOf(unseen).map(({ input }) => input)).size).toBe(200)
    })
  )

  it.scoped("takes official random cases after generated edges", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const { problem } = yield* load(ask({ validExamples: 60, data: yield* dataOf({ random }) }))
      expect(problem.origin).toEqual({ dataset: "psb2", edge: "generated", random: "official" })
      expect(ioCasesOf(problem.validation).at(-1)?.output).toBe("random\n")
      expect(ioCasesOf(problem.validation)[0]?.output).not.toBe("random\n")
    })
  )

  it.scoped("generates what a data folder does not have", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const data = yield* dataOf({ edge })
      const without = yield* load(asking("gcd"))
      expect(yield* load(asking("gcd", { data }))).toEqual(without)
    })
  )

  it.scoped("refuses a data folder that is not there, or no folder", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const { hidden, edge: edges } = yield* HiddenCases
      const data = yield* dataOf({ edge })
      const file = `${data}/psb2/datasets/fizz-buzz/fizz-buzz-edge.json`
      const uses = [
        (request: ProblemRequest) => Effect.asVoid(load(request)),
        (request: ProblemRequest) => Effect.asVoid(hidden(request)),
        (request: ProblemRequest) => Effect.asVoid(edges(request))
      ]
      for (const use of uses) {
        const gone = yield* Effect.flip(use(ask({ data: `${data}/none` })))
        expect(gone.reason).toBe(`the data folder ${data}/none does not exist`)
        const wrong = yield* Effect.flip(use(ask({ data: file })))
        expect(wrong.reason).toBe(`${file} is a file, expected the data folder`)
      }
    })
  )

  const damaged: ReadonlyArray<readonly [what: string, files: Parameters<typeof dataOf>[0], reason: string]> =
    [
      [
        "an edge without output",
        { edge: `${edge}\n{"input1": 3}\n` },
        "edge.json: line 12: field output1: expected a string, found nothing"
      ],
      [
        "a truncated edge file",
        { edge: `${edge}{"input1": 3, "out` },
        'edge.json: line 11: expected a JSON object, found {"input1": 3, "out'
      ],
      [
        "control characters",
        { edge: "\u001b[2J" },
        "edge.json: line 1: expected a JSON object, found \\x1b[2J"
      ],
      ["no edge", { edge: "\n" }, "edge.json: the file holds no case"],
      [
        "a random case of another type",
        { random: '{"input1": "3", "output1": "3"}' },
        'random.json: line 1: field input1: expected an integer, found "3"'
      ],
      ["no random case", { random: "\n\r\n" }, "random.json: the file holds no case"],
      [
        "an endless line",
        { random: `${line(1, "a")}${"x".repeat(3 * 2 ** 20)}` },
        "random.json: line 2: the line is longer than 1 MiB"
      ]
    ]
  for (const [what, files, reason] of damaged) {
    it.scoped(`names the file and line of ${what}`, () =>
      Effect.gen(function* () {
        const { load } = yield* ProblemSource
        const data = yield* dataOf(files)
        const error = yield* Effect.flip(load(ask({ data })))
        expect(error.reason).toBe(`${data}/psb2/datasets/fizz-buzz/fizz-buzz-${reason}`)
      })
    )
  }

  it.effect.skipIf(!existsSync(`${shared}/psb2`))(
    "begins with the official edges of every problem (needs ../shared/data)",
    () =>
      Effect.gen(function* () {
        const fs = yield* FileSystem.FileSystem
        const { load } = yield* ProblemSource
        const { edge: edges } = yield* HiddenCases
        let total = 0
        for (const [name, task] of tasks) {
          const text = yield* fs.readFileString(`${shared}/psb2/${name}/${name}-edge.json`)
          const official = Either.getOrThrow(officialCases(task, text))
          const request = asking(name, { data: shared })
          const { problem } = yield* load(request)
          expect(problem.validation.slice(0, official.length)).toEqual(official)
          expect(problem.validation).toHaveLength(100)
          expect(problem.origin.edge).toBe("official")
          expect(yield* edges(request)).toEqual(official)
          total += official.length
        }
        expect(total).toBe(466)
      })
  )
})

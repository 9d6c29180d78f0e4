import { FileSystem } from "@effect/platform"
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { byLines } from "../../../src/domain/check.ts"
import { exactly } from "../../../src/domain/comparison.ts"
import { HiddenCases } from "../../../src/services/HiddenCases.ts"
import { ProblemSource } from "../../../src/services/ProblemSource.ts"
import { badProblemFiles, small } from "./badProblemFiles.ts"
import { asking, live } from "./request.ts"

/** A file in a folder of its own. */
const fileOf = Effect.fn(function* (name: string, content: string | Uint8Array) {
  const fs = yield* FileSystem.FileSystem
  const folder = yield* fs.makeTempDirectoryScoped()
  const file = `${folder}/${name}`
  yield* typeof content === "string" ? fs.writeFileString(file, content) : fs.writeFile(file, content)
  return file
})

const loadText = Effect.fn(function* (name: string, content: string | Uint8Array) {
  const { load } = yield* ProblemSource
  return yield* load(asking(yield* fileOf(name, content)))
})

const refusal = (name: string, content: string | Uint8Array) =>
  Effect.map(Effect.flip(loadText(name, content)), (error) =>
    error._tag === "ProblemInvalid" ? error.reason : error.message
  )

const goodCases = `name: table
description: |
  Read it.
examples:
  - input: 007
    output: 1.50
  - input: [1.50, 007, True, 1e5, "x  "]
    output: []
  - input: ""
    output: |-
      two
      lines
  - input: |
      kept

    output: [""]
`

layer(live)("problem files", (it) => {
  it.scoped("keeps what the file holds, and ends texts with a line end", () =>
    Effect.gen(function* () {
      const { problem, language } = yield* loadText("p.yaml", goodCases)
      expect(problem).toEqual({
        name: "table",
        description: "Read it.\n",
        check: byLines(exactly),
        promptExamples: 4,
        validation: [
          { input: "007\n", output: "1.50\n" },
          { input: "1.50\n007\nTrue\n1e5\nx  \n", output: "" },
          { input: "", output: "two\nlines\n" },
          { input: "kept\n", output: "\n" }
        ],
        origin: { dataset: "file" }
      })
      expect(language).toBeUndefined()
    })
  )

  it.scoped("reads JSON, its numbers as they are written", () =>
    Effect.gen(function* () {
      const { problem } = yield* loadText(
        "p.JSON",
        '\ufeff{"name":"é","description":"b","examples":[{"input":1.50,"output":[-0.0,1E5,true,"\\u00e9"]}]}'
      )
      expect(problem.validation).toEqual([{ input: "1.50\n", output: "-0.0\n1E5\ntrue\né\n" }])
    })
  )

  it.scoped("puts the examples before the other validation cases, and shows examples only", () =>
    Effect.gen(function* () {
      const file = yield* fileOf(
        "p.yml",
        `${small}validation:\n  - {input: 2 2, output: 4}\n  - {input: [1 2], output: "3\\n"}\nhidden:\n  - {input: 0 0, output: 0}\nlanguage: C++\ncomparison: {kind: numeric, absolute: 0.5, trailing: keep}\n`
      )
      const { load } = yield* ProblemSource
      const { hidden, edge } = yield* HiddenCases
      const request = asking(file, { validExamples: 1, testExamples: 0 })
      const { problem, language } = yield* load(request)
      expect(problem.validation).toEqual([
        { input: "1 2\n", output: "3\n" },
        { input: "2 2\n", output: "4\n" }
      ])
      expect(problem.promptExamples).toBe(1)
      expect(problem.check).toEqual(
        byLines({ kind: "numeric", absolute: 0.5, relative: 1e-9, trailing: "keep" })
      )
      expect(language).toBe("cpp")
      expect(yield* hidden(request)).toEqual([{ input: "0 0\n", output: "0\n" }])
      expect(yield* edge(request)).toEqual([])
      expect((yield* load(asking(file, { promptExamples: 0 }))).problem.promptExamples).toBe(0)
    })
  )

  it.scoped("has no hidden cases where the file names none", () =>
    Effect.gen(function* () {
      const { hidden } = yield* HiddenCases
      expect(yield* hidden(asking(yield* fileOf("p.yaml", small)))).toEqual([])
    })
  )

  it.scoped("lets anchors repeat a case", () =>
    Effect.gen(function* () {
      const { problem } = yield* loadText("p.yaml", small.replace("- {", "- &c {") + "hidden: [*c, *c]\n")
      expect(problem.validation).toHaveLength(1)
    })
  )

  for (const [what, name, content, reason] of badProblemFiles) {
    it.scoped(`refuses ${what}`, () =>
      Effect.gen(function* () {
        expect(yield* refusal(name, content)).toBe(reason)
      })
    )
  }

  it.scoped("shows ten faults and counts the others", () =>
    Effect.gen(function* () {
      const reason = yield* refusal("p.yaml", small + "  - {input: 1}\n".repeat(12))
      expect(reason.split("\n")).toHaveLength(12)
      expect(reason).toMatch(/^12 faults\n {2}line 5: examples\[1\] has no output\n/)
      expect(reason).toMatch(/\n {2}line 14: examples\[10\] has no output\n {2}and 2 more$/)
    })
  )

  it.scoped("names the line of a byte that is not UTF-8", () =>
    Effect.gen(function* () {
      const bytes = Buffer.concat([
        Buffer.from("name: é\ndescription: "),
        Buffer.from([0xe9, 10]),
        Buffer.from(small)
      ])
      expect(yield* refusal("p.yaml", bytes)).toBe("line 2: the file is not UTF-8 text")
    })
  )

  for (const [name, limit] of [
    ["p.json", 16],
    ["p.yaml", 4]
  ] as const) {
    it.scoped(`refuses ${name} of 200 MB by its size`, () =>
      Effect.gen(function* () {
        const fs = yield* FileSystem.FileSystem
        const file = yield* fileOf(name, small)
        // A hole: it has the size and takes no space. Its bytes are no text, so that reading them would fail otherwise.
        yield* fs.truncate(file, FileSystem.Size(200 * 2 ** 20))
        const { load } = yield* ProblemSource
        const { reason } = yield* Effect.flip(load(asking(file)))
        expect(reason).toBe(`the file has 200.0 MiB, expected at most ${limit} MiB`)
      })
    )
  }

  it.scoped("refuses what is no file", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const fs = yield* FileSystem.FileSystem
      const folder = yield* fs.makeTempDirectoryScoped()
      const reasonFor = (problem: string) =>
        Effect.map(Effect.flip(load(asking(problem))), ({ message }) => message)
      expect(yield* reasonFor(folder)).toBe(`problem "${folder}": this is a folder, expected a file`)
      expect(yield* reasonFor("/dev/zero")).toBe('problem "/dev/zero": this is not a regular file')
      expect(yield* reasonFor(`${folder}/none`)).toBe(`problem "${folder}/none": there is no such file`)
      expect(yield* reasonFor("none.yaml")).toBe('problem "none.yaml": there is no such file')
      expect(yield* reasonFor(`${folder}/a\u0000b`)).toContain("no file can have this name")
    })
  )
})

import { readFileSync } from "node:fs"
import { FileSystem } from "@effect/platform"
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { ioCasesOf } from "../../../src/domain/problem.ts"
import { HiddenCases } from "../../../src/services/HiddenCases.ts"
import { ProblemSource } from "../../../src/services/ProblemSource.ts"
import { asking, live } from "./request.ts"

const page = readFileSync(new URL("../../../docs/problems.md", import.meta.url), "utf8")
const examples = [...page.matchAll(/<!-- example: (\S+) -->\n```\w+\n([^`]*)```/g)].map(
  ([, name = "", text = ""]) => ({ name, text })
)

/** What `docs/problems.md` promises of its examples. */
const promised = {
  "sum.yaml": {
    name: "sum",
    language: undefined,
    validation: ["1 2\n", "-5 5\n"],
    outputs: ["3\n", "0\n"],
    hidden: 0
  },
  "mean.json": {
    name: "mean of a table",
    language: "cpp",
    validation: ["2\n1 2 4\n10 20\n", "1\n\n", "3\n1\n\n-1 -2\n"],
    outputs: ["2.333333\n15.0\n", "0\n", "1\n0\n-1.5\n"],
    hidden: 1
  }
} as const

layer(live)("docs/problems.md", (it) => {
  it.scoped("shows problem files that load", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const { load } = yield* ProblemSource
      const { hidden } = yield* HiddenCases
      const folder = yield* fs.makeTempDirectoryScoped()
      const found: Record<string, unknown> = {}
      for (const { name, text } of examples) {
        const file = `${folder}/${name}`
        yield* fs.writeFileString(file, text)
        const { problem, language } = yield* load(asking(file))
        found[name] = {
          name: problem.name,
          language,
          validation: ioCasesOf(problem.validation).map(({ input }) => input),
          outputs: ioCasesOf(problem.validation).map(({ output }) => output),
          hidden: (yield* hidden(asking(file))).length
        }
      }
      expect(found).toEqual(promised)
    })
  )
})

import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { FileSystem } from "@effect/platform"
import { describe, expect, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { verifyReferences } from "../../../src/programs/verifyReferences.ts"
import * as Critics from "../../../src/services/Critics/layer.ts"
import { layerNone } from "../../../src/services/EvaluationCache.ts"
import { HiddenCases } from "../../../src/services/HiddenCases.ts"
import { ProblemSource } from "../../../src/services/ProblemSource.ts"
import { layer as references } from "../../../src/services/ReferencePrograms/layer.ts"
import { layer as sandbox } from "../../../src/services/Sandbox/layer.ts"
import { asking, live } from "./request.ts"

/** Tasks of our own in the form of the data set's, with the line ends that it has. */
const twice = {
  task_id: 7,
  text: "Write a function to double a number.",
  code: "import math\r\ndef half(x):\r\n  return x / 2\r\ndef twice(x):\r\n  return math.floor(2 * x)",
  test_setup_code: "",
  test_list: ["assert twice(1) == 2", "assert math.isclose(twice(-3), -6)", "assert set([twice(0)]) == {0}"],
  challenge_test_list: ["assert twice(10**30) == 2 * 10**30"]
}
const first = { ...twice, task_id: 2, test_setup_code: "import math", challenge_test_list: [] }
const sanitized = {
  source_file: "a notebook",
  task_id: 7,
  prompt: "Write a function that doubles a number.",
  code: twice.code,
  test_imports: ["import math"],
  test_list: twice.test_list
}

const whole = "mbpp.jsonl"
const part = "sanitized-mbpp.json"

const folderWith = (files: Readonly<Record<string, string>>) =>
  Effect.gen(function* () {
    const data = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped()
    mkdirSync(join(data, "mbpp"))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(data, "mbpp", name), content)
    return data
  })

const lines = (...rows: ReadonlyArray<object>) => rows.map((row) => `${JSON.stringify(row)}\n`).join("")

const everything = Layer.mergeAll(
  live,
  Layer.provide(references, live),
  Critics.layer({ environment: process.env }),
  sandbox({ environment: process.env, lanes: 1, unconfined: false }),
  layerNone
)

layer(everything)("MBPP", (it) => {
  it.scoped(
    "names tasks by their numbers, shows as many tests as asked for, and keeps the hidden ones apart",
    () =>
      Effect.gen(function* () {
        const data = yield* folderWith({ [whole]: lines(twice, first) })
        const { datasets, load, tasks } = yield* ProblemSource
        const set = datasets.find(({ name }) => name === "mbpp")!
        expect(yield* tasks(set, data)).toEqual(["mbpp/2", "mbpp/7"])
        const { language, problem } = yield* load(asking("mbpp/7", { data, promptExamples: 2 }))
        expect(language).toBe("python")
        expect(problem.validation).toEqual(twice.test_list.map((test) => ({ test })))
        expect(problem.check).toEqual({
          _tag: "UnitTests",
          language: "python",
          entryPoint: "twice",
          prelude: "",
          setup: "",
          prompt:
            "# Write a function to double a number.\n# It has to pass these tests:\n# assert twice(1) == 2\n# assert math.isclose(twice(-3), -6)\n"
        })
        const { hidden } = yield* HiddenCases
        expect(yield* hidden(asking("mbpp/7", { data }))).toEqual([{ test: twice.challenge_test_list[0] }])
        expect(yield* hidden(asking("mbpp/2", { data }))).toEqual([])
      })
  )

  it.scoped("has the sanitized part as a set of its own, and runs the solutions of both", () =>
    Effect.gen(function* () {
      const data = yield* folderWith({ [whole]: lines(first), [part]: JSON.stringify([sanitized]) })
      const request = { language: "python", data, limits: defaultLimits, concurrency: 1 } as const
      const verified = yield* verifyReferences(
        { ...request, tasks: ["mbpp/2", "mbpp-sanitized/7"] },
        () => Effect.void
      )
      expect(verified).toEqual([
        { task: "mbpp/2", cases: 3 },
        { task: "mbpp-sanitized/7", cases: 3 }
      ])
    })
  )

  describe("refuses", () => {
    const refusals: ReadonlyArray<readonly [what: string, name: string, content: string, reason: string]> = [
      ["a task that is not there", whole, lines(first, twice), "has no task 1; it has 2, from 2 to 7"],
      ["a line that is cut", whole, lines(first).slice(0, -20), "line 1: "],
      [
        "a field that is missing",
        whole,
        lines({ ...first, test_list: undefined }),
        "line 1: field test_list"
      ],
      ["a task twice", whole, lines(first, first), "there are two tasks 2"],
      ["a test of nothing", whole, lines({ ...first, code: "x = 1" }), "its first test calls no function"],
      ["no task", whole, "\n", "the file holds no task"],
      ["the other file", whole, JSON.stringify([sanitized]), "line 1: "]
    ]
    for (const [what, name, content, reason] of refusals) {
      it.scoped(what, () =>
        Effect.gen(function* () {
          const data = yield* folderWith({ [name]: content })
          const { load } = yield* ProblemSource
          const error = yield* Effect.flip(load(asking("mbpp/1", { data })))
          expect(error.reason).toContain(join(data, "mbpp", name))
          expect(error.reason).toContain(reason)
        })
      )
    }
  })
})

import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gunzipSync } from "node:zlib"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { UnitTestsCheck } from "../../../../src/domain/check.ts"
import { defaultLimits } from "../../../../src/domain/evaluation.ts"
import type { Case } from "../../../../src/domain/problem.ts"
import { byPythonTests } from "../../../../src/services/Evaluate/unitTests/python.ts"
import { layer } from "../../../../src/services/Sandbox/layer.ts"

interface Task {
  readonly name: string
  readonly check: UnitTestsCheck
  readonly solution: string
  readonly cases: ReadonlyArray<Case>
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const file = here("../../../../../shared/data/humaneval/HumanEval.jsonl.gz")

const tasks = (): ReadonlyArray<Task> =>
  execFileSync("python3", [here("./split.py")], {
    input: gunzipSync(readFileSync(file)),
    maxBuffer: 2 ** 26,
    encoding: "utf8"
  })
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))

// All of them on demand.
const every = process.env["SEIDR_TEST_ALL"] === undefined ? 28 : 1

describe.skipIf(!existsSync(file))("HumanEval (needs its data)", () => {
  it.layer(layer({ unconfined: true, environment: process.env }))((it) => {
    it.effect(
      "its own solutions pass, as bodies and as whole programs",
      () =>
        Effect.gen(function* () {
          for (const [index, { cases, check, name, solution }] of tasks().entries()) {
            if (index % every !== 0) continue
            const program = index % 56 === 0 ? solution : check.prompt + solution
            const question = { language: "python", program, cases, check, limits: defaultLimits } as const
            const { cases: results } = yield* byPythonTests(question, check)
            expect(results.length).toBe(cases.length)
            expect({ name, failed: results.filter(({ verdict }) => verdict !== "Passed") }).toEqual({
              name,
              failed: []
            })
          }
        }),
      every === 1 ? 600_000 : 60_000
    )
  })
})

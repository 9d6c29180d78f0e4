import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import type { UnitTestsCheck } from "../../../src/domain/check.ts"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { byPythonTests } from "../../../src/services/Evaluate/unitTests/python.ts"

const check: UnitTestsCheck = {
  _tag: "UnitTests",
  language: "python",
  entryPoint: "add",
  prompt: 'def add(a, b):\n    """Gives the sum."""\n',
  prelude: "import math\n",
  setup: "ten = 10\n"
}

const cases = [
  { test: "assert candidate(2, 3) == 5" },
  { test: "assert add(-4, 1) == -3, 'negative'" },
  { test: "assert all(map(lambda n: candidate(n, ten) == n + ten, range(3)))" }
]

const folder = (name: string) => fileURLToPath(new URL(`./${name}/`, import.meta.url))

/** Programs by the name of their file. The first line of a hostile one says the verdict that every case has to get. */
const programsIn = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder(name)).map((file) => [
      file.replace(".py", ""),
      readFileSync(`${folder(name)}${file}`, "utf8")
    ])
  )

export const hostile = programsIn("python")
export const benign = programsIn("benign")

export const expectedOf = (program: string): string => /^# (\w+)\n/.exec(program)?.[1] ?? "no verdict"

/** Judges a program by the tests of a sum. */
export const results = (program: string, timeMs = expectedOf(program) === "TimeLimit" ? 300 : 10_000) =>
  Effect.map(
    byPythonTests({ language: "python", program, cases, check, limits: { ...defaultLimits, timeMs } }, check),
    ({ cases: judged }) => judged
  )

import { readFileSync } from "node:fs"
import { Effect } from "effect"
import type { UnitTestsCheck } from "../../../domain/check.ts"
import { type CaseResult, type Evaluation, evaluationOf } from "../../../domain/evaluation.ts"
import { cleaned } from "../../Sandbox/cleaned.ts"
import { Sandbox, type SandboxError, type TalkJob } from "../../Sandbox.ts"
import { despiteFaults } from "../despiteFaults.ts"
import { isHopeless, type Judging, judgedFairly } from "../fairly.ts"
import type { Question } from "../Question.ts"
import { dialogue } from "./dialogue.ts"
import { resultOf } from "./result.ts"
import { startOf, testsLimits } from "./tests.ts"

/**
 * Runs unit tests in Python, each in processes of its own: the tests in one sandbox, the program in another. Nothing
 * but plain values passes between them, so that whatever a program does to its process it has to give the right
 * values to pass. What a program does to its arguments stays with it.
 */
export const byPythonTests = (
  { cases, limits, program }: Question,
  check: UnitTestsCheck
): Effect.Effect<Evaluation, SandboxError, Sandbox> => {
  const tests = cases.flatMap((item) => ("test" in item ? [item.test] : []))
  if (program.includes("\0")) return Effect.succeed(refused(cases.length, "the source has a NUL byte"))
  const words = wordsOf(check.prelude, check.setup, program)
  const patienceMs = 3 * limits.timeMs + 1_000
  const wallMs = patienceMs + testsLimits.timeMs * 3

  const judging: Judging<SandboxError, Sandbox> = (room, indices, found) =>
    Effect.gen(function* () {
      const sandbox = yield* Sandbox
      const start = (side: string, job: Pick<TalkJob, "limits" | "room">) =>
        Effect.flatMap(
          sandbox.open({ ...job, language: "python", source: `${sourceOf(side)}\n${words}`, wallMs }),
          startOf
        )
      const startProgram = yield* start("candidate", { limits, room })
      const startTests = yield* start("tests", { limits: testsLimits, room: "none" })
      while (found.length < indices.length && !isHopeless(found)) {
        const task = { ...check, program, test: tests[indices[found.length]!] ?? "" }
        const result = resultOf(yield* dialogue(startProgram, startTests, task, patienceMs))
        const { error } = result
        found.push(error === undefined ? result : { ...result, error: cleaned(error).trimEnd() })
        // It is the same for all of them.
        if (result.verdict === "CompileError") while (found.length < indices.length) found.push(found.at(-1)!)
      }
    }).pipe(Effect.scoped)

  return Effect.map(judgedFairly(tests.length, limits, despiteFaults(judging)), evaluationOf)
}

const refused = (count: number, error: string): Evaluation =>
  evaluationOf(
    Array.from(
      { length: count },
      (): CaseResult => ({ verdict: "CompileError", score: 0, ms: 0, memoryBytes: 0, error })
    )
  )

const known = new Map<string, string>()

/** The program of one side: it is the same for all tests. */
const sourceOf = (side: string): string => {
  const found = known.get(side)
  if (found !== undefined) return found
  const read = (name: string) => readFileSync(new URL(`./python/${name}.py`, import.meta.url), "utf8")
  const source = `${read("plain")}\n\n${read(side)}`
  known.set(side, source)
  return source
}

/** Modules that tests and programs often import. */
const usual =
  "bisect collections copy dataclasses datetime decimal enum fractions functools heapq itertools math operator re statistics string typing".split(
    " "
  )

/** Names in a function that is never called: the sandbox has modules ready that a program names. */
const wordsOf = (...texts: ReadonlyArray<string>): string => {
  const words = new Set(texts.join("\n").match(/\w+/g) ?? [])
  const named = usual.filter((word) => words.has(word))
  return `_ = lambda: (${named.map((word) => `_.${word},`).join(" ")})\n`
}

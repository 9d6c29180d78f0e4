import { describe, expect, it } from "@effect/vitest"
import { FastCheck, Schema } from "effect"
import { exactly } from "../../src/domain/comparison.ts"
import { columnsFrom, columnsOf, Details, detailsOf, evaluationFrom } from "../../src/domain/details.ts"
import { type Ending, type Execution, judge, noProgram } from "../../src/domain/evaluation.ts"
import type { IoCase } from "../../src/domain/problem.ts"
import { fromLetters, toLetters, Verdict } from "../../src/domain/verdict.ts"

const cases: ReadonlyArray<IoCase> = [{ input: "1\n", output: "yes\nno\n" }]

const ended = (ending: Ending, stdout = "yes\nno\n", stderr = "why"): Execution => ({
  ending,
  stdout,
  stderr,
  cpuMs: 12.345,
  wallMs: 20,
  memoryBytes: 1_000
})

const resultOf = (execution: Execution) =>
  judge(cases, { _tag: "Ran", executions: [execution] }, exactly).cases[0]!

describe("judging", () => {
  it("compares what a clean exit has printed", () => {
    expect(resultOf(ended({ _tag: "Exited", code: 0 }))).toMatchObject({
      verdict: "Passed",
      score: 1,
      ms: 12.345
    })
    const wrong = resultOf(ended({ _tag: "Exited", code: 0 }, "yes\nyes\n"))
    expect(wrong).toMatchObject({ verdict: "WrongAnswer", score: 0.5, actual: "yes\nyes\n" })
  })

  it("never passes another exit, even with the right output", () => {
    const failed = resultOf(ended({ _tag: "Exited", code: 3 }))
    expect(failed).toMatchObject({ verdict: "RuntimeError", score: 0, exit: 3, error: "why" })
    const killed = resultOf(ended({ _tag: "Signaled", signal: "SIGSEGV" }))
    expect(killed).toMatchObject({ verdict: "RuntimeError", score: 0, signal: "SIGSEGV" })
  })

  it.each(["TimeLimit", "MemoryLimit", "OutputLimit", "Skipped"] as const)(
    "keeps nothing of what %s cut off",
    (_tag) => {
      const result = resultOf(ended({ _tag }))
      expect(result).toMatchObject({ verdict: _tag, score: 0 })
      expect(Object.keys(result).sort()).toEqual(["memoryBytes", "ms", "score", "verdict"])
    }
  )

  it("skips the cases that were not run", () => {
    const judged = judge(
      [...cases, ...cases],
      { _tag: "Ran", executions: [ended({ _tag: "Exited", code: 0 })] },
      exactly
    )
    expect(judged.cases.map(({ verdict }) => verdict)).toEqual(["Passed", "Skipped"])
    expect(judged).toMatchObject({ score: 0.5, passed: 1, total: 2 })
  })

  it("gives a program that does not compile, and one that is not there, 0 on every case", () => {
    const broken = judge([...cases, ...cases], { _tag: "CompileError", diagnostics: "line 1" }, exactly)
    expect(broken).toMatchObject({ score: 0, passed: 0, total: 2 })
    expect(broken.cases[1]).toMatchObject({ verdict: "CompileError", error: "line 1" })
    expect(noProgram(3)).toMatchObject({ score: 0, passed: 0, total: 3 })
    expect(noProgram(0).score).toBe(0)
  })
})

const texts = FastCheck.string({ maxLength: 20 })
const endings: FastCheck.Arbitrary<Ending> = FastCheck.oneof(
  FastCheck.constant({ _tag: "Exited", code: 0 } as const),
  FastCheck.record({
    _tag: FastCheck.constant("Exited" as const),
    code: FastCheck.integer({ min: 0, max: 255 })
  }),
  FastCheck.record({ _tag: FastCheck.constant("Signaled" as const), signal: FastCheck.constant("SIGABRT") }),
  FastCheck.constantFrom<Ending>(
    { _tag: "TimeLimit" },
    { _tag: "MemoryLimit" },
    { _tag: "OutputLimit" },
    { _tag: "Skipped" }
  )
)
const executions = FastCheck.array(
  FastCheck.record({
    ending: endings,
    stdout: FastCheck.oneof(texts, FastCheck.constantFrom("yes\nno\n", "yes\n")),
    stderr: texts,
    cpuMs: FastCheck.integer({ min: 0, max: 10_000 }).map((ms) => ms / 100),
    wallMs: FastCheck.nat(),
    memoryBytes: FastCheck.nat()
  }),
  { maxLength: 6 }
)

const json = Schema.parseJson(Details)

describe("columns and details", () => {
  it.prop("give the evaluation again", [executions], ([ran]) => {
    const evaluation = judge(
      ran.map(() => cases[0]!),
      { _tag: "Ran", executions: ran },
      exactly
    )
    const kept = Schema.decodeSync(json)(Schema.encodeSync(json)(detailsOf(evaluation)))
    const again = evaluationFrom(columnsOf(evaluation), kept)!
    expect(again.score).toBeCloseTo(evaluation.score, 12)
    expect(again).toMatchObject({ passed: evaluation.passed, total: evaluation.total })
    for (const [index, result] of evaluation.cases.entries()) {
      const { exit, ...rest } = result
      // The exit of a pass is known without being kept.
      expect(again.cases[index]).toEqual(result.verdict === "Passed" ? rest : result)
      expect(exit === undefined || result.verdict !== "Passed" || exit === 0).toBe(true)
    }
  })

  it("cut long outputs at their end and long errors at their beginning", () => {
    const long = `${"a".repeat(5_000)}b`
    const wrong = judge(
      cases,
      { _tag: "Ran", executions: [ended({ _tag: "Exited", code: 0 }, long)] },
      exactly
    )
    expect(detailsOf(wrong).failures[0]!.actual).toMatch(/^a{2000}\n… \(5001 characters\)$/)
    const failed = judge(
      cases,
      { _tag: "Ran", executions: [ended({ _tag: "Exited", code: 1 }, "", long)] },
      exactly
    )
    expect(detailsOf(failed).failures[0]!.error).toMatch(/^… \(5001 characters\)\na{1999}b$/)
  })

  const letters = FastCheck.string({ unit: FastCheck.constantFrom(..."PPPPWWRTMOCNSx"), maxLength: 12 })
  const scores = FastCheck.oneof(FastCheck.constantFrom(0, 0.1, 0.5, 1), FastCheck.double({ noNaN: true }))
  const entries = FastCheck.array(FastCheck.tuple(FastCheck.nat({ max: 13 }), scores), { maxLength: 6 })

  it.prop("follow from each other without their evaluation", [letters, entries], ([verdicts, given]) => {
    const sorted = [...new Map(given)].sort(([left], [right]) => left - right)
    for (const partial of [given, sorted]) {
      const made = evaluationFrom({ verdicts, partial }, { ms: [], memoryBytes: [], failures: [] })
      expect(columnsFrom({ verdicts, partial })).toEqual(made === undefined ? undefined : columnsOf(made))
    }
  })

  it("are refused when a letter is not known", () => {
    expect(
      evaluationFrom({ verdicts: "PX", partial: [] }, { ms: [], memoryBytes: [], failures: [] })
    ).toBeUndefined()
  })
})

describe("verdict letters", () => {
  it.prop("tell every verdict", [Schema.Array(Verdict)], ([verdicts]) => {
    expect(toLetters(verdicts).length).toBe(verdicts.length)
    expect(fromLetters(toLetters(verdicts))).toEqual(verdicts)
  })
})

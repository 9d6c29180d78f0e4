import { describe, expect, it } from "@effect/vitest"
import { byLines } from "../../../src/domain/check.ts"
import { type CaseResult, defaultLimits, evaluationOf } from "../../../src/domain/evaluation.ts"
import type { IoCase } from "../../../src/domain/problem.ts"
import { diagnosticsOf, limitsText, rowsOf, rowText } from "../../../src/programs/cli/executeScreen.ts"
import type { Executed } from "../../../src/programs/execute.ts"

const result = (verdict: CaseResult["verdict"], more: Partial<CaseResult> = {}): CaseResult => ({
  verdict,
  score: verdict === "Passed" ? 1 : 0,
  ms: 1.25,
  memoryBytes: 300_000,
  ...more
})

const executedWith = (...cases: ReadonlyArray<CaseResult>): Executed => {
  const item: IoCase = { input: "1\n", output: "7\n" }
  return {
    problem: {
      name: "seven",
      description: "",
      check: byLines({ kind: "exact", absolute: 0, relative: 0, trailing: "keep" }),
      promptExamples: 0,
      validation: [item],
      origin: { dataset: "file" }
    },
    language: "python",
    cases: cases.map(() => item),
    limits: defaultLimits,
    evaluation: evaluationOf(cases),
    source: "ran"
  }
}

const screenOf = (...cases: ReadonlyArray<CaseResult>): ReadonlyArray<string> => {
  const executed = executedWith(...cases)
  return [...rowsOf(executed).map((row) => rowText(row, (text) => text)), limitsText(executed)]
}

describe("the screen of execute", () => {
  it("puts equal cases in a row together, with the most that one has used", () => {
    const all = Array.from({ length: 100 }, (_, index) => result("Passed", { ms: index === 40 ? 9.06 : 1 }))
    expect(screenOf(...all)).toEqual([
      "     0–99  Passed        1.000       9.1 ms    < 1 MB",
      "limits of a case: 2.0 s of processor time, 256 MB of memory, 1 MB of output; most used: 9 ms, < 1 MB"
    ])
    const wrong = (actual: string) => result("WrongAnswer", { actual })
    expect(
      screenOf(...all.slice(0, 2), wrong("1\n"), wrong("2\n"), wrong("2\n"), all[0]!).slice(0, -1)
    ).toEqual([
      "      0–1  Passed        1.000       1.0 ms    < 1 MB",
      '        2  WrongAnswer   0.000       1.3 ms    < 1 MB  line 1: expected "7", printed "1"',
      '      3–4  WrongAnswer   0.000       1.3 ms    < 1 MB  line 1: expected "7", printed "2"',
      "        5  Passed        1.000       1.0 ms    < 1 MB"
    ])
  })

  it("shows what a compiler has said, behind the line that tells most", () => {
    const of = (error: string) => {
      const [row] = rowsOf(executedWith(result("CompileError", { error })))
      return [row!.about, ...diagnosticsOf(row!).map((line) => line.trim())]
    }
    expect(of("bad\n")).toEqual(["bad"])
    expect(of("p.cpp: In function 'f':\np.cpp:2:1: error: no x\n\n  2 | x\n    | ^\n")).toEqual([
      "p.cpp:2:1: error: no x",
      "p.cpp: In function 'f':",
      "p.cpp:2:1: error: no x",
      "2 | x",
      "| ^"
    ])
    expect(of('  File "program.py", line 1\n    error = (\nSyntaxError: never closed\n')[0]).toBe(
      "line 1: SyntaxError: never closed"
    )
    expect(of("error[E0308]: mismatched\n --> p.rs:1\nFor more, try it.\n")[0]).toBe(
      "error[E0308]: mismatched"
    )
    expect(of("p.go:2:3: declared and not used: x\np.go:4:1: too many\n")[0]).toBe(
      "p.go:2:3: declared and not used: x"
    )
    expect(of(Array.from({ length: 23 }, (_, line) => `line ${line}\n`).join("")).slice(-2)).toEqual([
      "line 19",
      "… and 3 more lines; --json has them all"
    ])
  })

  it("says what each limit was, and how a program ended", () => {
    const lines = screenOf(
      result("TimeLimit", { ms: 3_004 }),
      result("TimeLimit", { ms: 20 }),
      result("MemoryLimit", { memoryBytes: 257 * 2 ** 20 }),
      result("OutputLimit"),
      result("MemoryLimit", { memoryBytes: 140 * 2 ** 20 }),
      result("WrongAnswer", { actual: "\n" }),
      result("Skipped", { ms: 0, memoryBytes: 0 }),
      result("RuntimeError", {
        exit: 1,
        error: `Traceback:\n  File "program.py", line 3, in <module>\n  File "program.py", line 2, in f\nZeroDivisionError: division by zero\n`
      }),
      result("RuntimeError", {
        exit: 1,
        error: "program.js:2\n  throw e\n  ^\n\nError: bad\n    at f (program.js:2:9)\n\nNode.js v20.20.2\n"
      }),
      result("RuntimeError", { signal: "SIGSEGV", error: "" }),
      result("RuntimeError", { exit: 0, error: "the program ended itself instead of giving a result" }),
      result("CompileError", { error: "bad\n" }),
      result("RuntimeError", {
        exit: 1,
        error:
          "node:internal:1\n  throw err;\n  ^\n\nError: Cannot find module 'm'\nRequire stack:\n- program.js\n    at f (a:1)\n}"
      })
    )
    expect(lines.slice(0, -1)).toEqual([
      "        0  TimeLimit     0.000    3004.0 ms    < 1 MB  above the limit of 2.0 s of processor time",
      "        1  TimeLimit     0.000      20.0 ms    < 1 MB  stopped by the clock: it waited, with its 2.0 s of processor time not used up",
      "        2  MemoryLimit   0.000       1.3 ms    257 MB  above the limit of 256 MB",
      "        3  OutputLimit   0.000       1.3 ms    < 1 MB  printed more than the limit of 1 MB",
      "        4  MemoryLimit   0.000       1.3 ms    140 MB  it asked for more than the limit of 256 MB",
      '        5  WrongAnswer   0.000       1.3 ms    < 1 MB  line 1: expected "7", printed nothing',
      "        6  Skipped       0.000                         not run: the cases before it had ended at the time limit",
      "        7  RuntimeError  0.000       1.3 ms    < 1 MB  exit status 1: line 2: ZeroDivisionError: division by zero",
      "        8  RuntimeError  0.000       1.3 ms    < 1 MB  exit status 1: Error: bad",
      "        9  RuntimeError  0.000       1.3 ms    < 1 MB  ended by SIGSEGV",
      "       10  RuntimeError  0.000       1.3 ms    < 1 MB  the program ended itself instead of giving a result",
      "       11  CompileError  0.000                         bad",
      "       12  RuntimeError  0.000       1.3 ms    < 1 MB  exit status 1: Error: Cannot find module 'm'"
    ])
  })
})

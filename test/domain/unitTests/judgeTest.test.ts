import { describe, expect, it } from "@effect/vitest"
import type { Ending, ProgramRun } from "../../../src/domain/evaluation.ts"
import { type Assembly, answerTo } from "../../../src/domain/unitTests/assembly.ts"
import { judgeTest } from "../../../src/domain/unitTests/judgeTest.ts"

const mark = { name: "s0123456789ab", key: 77 }
const assembly: Assembly = { source: "", mark, before: 0 }
const token = 123_456_789

const ran = (ending: Ending, stdout = "", stderr = ""): ProgramRun => ({
  _tag: "Ran",
  executions: [{ ending, stdout, stderr, cpuMs: 1, wallMs: 1, memoryBytes: 1 }]
})
const exited = (code: number): Ending => ({ _tag: "Exited", code })
const verdictOf = (run: ProgramRun) => judgeTest(assembly, run, token).verdict

describe("judgeTest", () => {
  it("passes by a clean exit and the answer on the last line, and no other way", () => {
    const answer = `printed\n${answerTo(token, mark)}\n`
    expect(judgeTest(assembly, ran(exited(0), answer), token)).toMatchObject({ verdict: "Passed", score: 1 })
    expect(verdictOf(ran(exited(0), `${token}\n`))).toBe("RuntimeError")
    expect(verdictOf(ran(exited(0), `${answer}more\n`))).toBe("RuntimeError")
    expect(verdictOf(ran(exited(0), `${answerTo(token + 1, mark)}\n`))).toBe("RuntimeError")
    expect(verdictOf(ran(exited(0), `${answerTo(token, { ...mark, key: 78 })}\n`))).toBe("RuntimeError")
    expect(verdictOf(ran(exited(1), answer))).toBe("RuntimeError")
    expect(verdictOf(ran({ _tag: "Signaled", signal: "SIGSEGV" }, answer))).toBe("RuntimeError")
    expect(verdictOf(ran({ _tag: "TimeLimit" }, answer))).toBe("TimeLimit")
    expect(verdictOf({ _tag: "Ran", executions: [] })).toBe("Skipped")
  })

  it("tells an assertion from any other failure, and keeps token and marks out of what it says", () => {
    const stderr = `warning ${token}\n\n${mark.name}:f(1) == 2\n    at somewhere\n`
    expect(judgeTest(assembly, ran(exited(1), "", stderr), token)).toMatchObject({
      verdict: "WrongAnswer",
      error: "f(1) == 2"
    })
    const said = `I read ${token}\nin ${mark.name}_test\nout of range`
    expect(judgeTest(assembly, ran(exited(1), "", said), token)).toMatchObject({
      verdict: "RuntimeError",
      error: "I read …\nout of range"
    })
  })

  it("counts lines as the candidate does", () => {
    const placed = (text: string, more: Partial<Assembly>) =>
      judgeTest({ ...assembly, ...more }, { _tag: "CompileError", diagnostics: text }, token).error
    const lines = { file: "program.js", program: 10, test: 11 }
    expect(placed("program.js:7: bad", { lines })).toBe("program.js:7: bad")
    expect(placed("program.js:13: bad", { lines })).toBe("test:2: bad")
    expect(placed("program.js:7: bad", { lines, before: 3 })).toBe("program.js:4: bad")
    expect(placed("program.js:2: bad", { lines, before: 3 })).toBe("prompt:2: bad")
    expect(placed("candidate.cpp:7:1: error: bad\ntest.cpp:2: note", {})).toBe(
      "program.cpp:7:1: error: bad\ntest:2: note"
    )
  })
})

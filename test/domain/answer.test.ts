import { describe, expect, it } from "@effect/vitest"
import { maxProgramBytes, programOf } from "../../src/domain/answer.ts"
import { fence, py } from "./answer/rows.ts"

describe("programOf", () => {
  it("refuses a program that is too long, not an answer that is", () => {
    const long = `${fence}python\n${"x = 1\n".repeat(maxProgramBytes / 6 + 1)}${fence}`
    expect(programOf(long, "python")).toEqual({
      _tag: "NoProgram",
      reason: "the program is too long (over 262144 bytes)"
    })
    const talkative = `${"It reads a number. ".repeat(30_000)}\n${fence}python\n${py}${fence}`
    expect(programOf(talkative, "python")).toEqual({ _tag: "Program", program: py })
  })
})

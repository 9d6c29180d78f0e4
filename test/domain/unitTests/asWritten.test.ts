import { describe, expect, it } from "@effect/vitest"
import { asWritten } from "../../../src/domain/unitTests/asWritten.ts"
import type { Side } from "../../../src/domain/unitTests/sides.ts"

describe("asWritten", () => {
  const placed = (text: string, more: Partial<Side> = {}) => asWritten({ source: "", ...more }, text)

  it("counts lines as the candidate does", () => {
    const lines = { file: "program.js", program: 10, test: 11 }
    expect(placed("program.js:7: bad", { lines })).toBe("program.js:7: bad")
    expect(placed("program.js:13: bad", { lines })).toBe("test:2: bad")
    expect(placed("assertion failed: ::std::vec![1] == f()", { lines })).toBe(
      "assertion failed: vec![1] == f()"
    )
    expect(placed("program.js:7: bad", { lines, before: 3 })).toBe("program.js:4: bad")
    expect(placed("program.js:2: bad", { lines, before: 3 })).toBe("prompt:2: bad")
    expect(placed("candidate.cpp:7:1: error: bad\ntest.cpp:2: note")).toBe(
      "program.cpp:7:1: error: bad\ntest:2: note"
    )
  })

  it("leaves out what is ours, unless it says what is wrong", () => {
    expect(placed("bad\n    at s3idr_serve (program.js:1:7)\n    at f (program.js:2:1)")).toBe(
      "bad\n    at f (program.js:2:1)"
    )
    const lines = { file: "program.js", program: 10 }
    expect(placed("bad\n    at f (program.js:2:1)\n    at program.js:12:1", { lines })).toBe(
      "bad\n    at f (program.js:2:1)"
    )
    expect(placed("harness.cpp:3:5: error: '::f' has not been declared in s3idr_entry")).toBe(
      "harness.cpp:3:5: error: '::f' has not been declared in entry"
    )
  })
})

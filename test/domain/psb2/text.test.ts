import { execFileSync } from "node:child_process"
import { describe, expect, it } from "@effect/vitest"
import { Either } from "effect"
import { tasks } from "../../../src/domain/psb2/tasks.ts"
import { caseOf, floatText, officialCase, officialCases, textOf } from "../../../src/domain/psb2/text.ts"
import { randomFor } from "../../../src/domain/random.ts"

const task = (name: string) => tasks.get(name)!

describe("values as text", () => {
  it("has a line for a scalar and two for a list", () => {
    expect(textOf("int", -7)).toBe("-7\n")
    expect(textOf("float", 3)).toBe("3.0\n")
    expect(textOf("string", " two  spaces ")).toBe(" two  spaces \n")
    expect(textOf("string", "")).toBe("\n")
    expect([true, false].map((value) => textOf("bool", value))).toEqual(["True\n", "False\n"])
    expect(textOf("ints", [1, -2, 30])).toBe("3\n1 -2 30\n")
    expect(textOf("floats", [1, 0.5, 1e-5])).toBe("3\n1.0 0.5 1e-05\n")
    expect(textOf("ints", [])).toBe("0\n\n")
  })

  it("writes floats as Python's repr does", () => {
    const random = randomFor(1, "floats")
    const awkward = [
      0, -0, 1, 1e15, 1e16, 1e17, 123456789012345680, 1e-4, 1e-5, 9.999e-5, 1e22, 1e-300, 1.5e300
    ]
    const drawn = Array.from({ length: 2000 }, () => (random.number() - 0.5) * 10 ** random.integer(-30, 30))
    const whole = Array.from({ length: 200 }, () => random.integer(-1e9, 1e9) * 10 ** random.integer(0, 12))
    const values = [...awkward, ...drawn, ...whole, 0.1 + 0.2, 5e-324, Number.MAX_VALUE]
    const bytes = Buffer.alloc(8 * values.length)
    for (const [index, value] of values.entries()) bytes.writeDoubleLE(value, 8 * index)
    const script =
      "import struct, sys; [print(repr(v)) for (v,) in struct.iter_unpack('<d', sys.stdin.buffer.read())]"
    const printed = execFileSync("python3", ["-c", script], { input: bytes, encoding: "utf8" })
    expect(values.map(floatText)).toEqual(printed.trimEnd().split("\n"))
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(floatText)).toEqual([
      "nan",
      "inf",
      "-inf"
    ])
  })

  it("makes a case of an input", () => {
    expect(caseOf(task("find-pair"), [[3, 9, 4], 13])).toEqual({ input: "3\n3 9 4\n13\n", output: "9\n4\n" })
    expect(caseOf(task("leaders"), [[]])).toEqual({ input: "0\n\n", output: "0\n\n" })
    expect(caseOf(task("solve-boolean"), ["t&f"])).toEqual({ input: "t&f\n", output: "False\n" })
    expect(caseOf(task("shopping-list"), [[50], [10]])).toEqual({
      input: "1\n50.0\n1\n10.0\n",
      output: "45.0\n"
    })
  })
})

describe("official lines", () => {
  it("become cases in file order, empty lines left out", () => {
    const text =
      '{"input1": [0, 40], "output1": [0], "output2": [40]}\r\n\n{"output2": [], "output1": [7], "input1": [7]}'
    expect(officialCases(task("cut-vector"), text)).toEqual(
      Either.right([
        { input: "2\n0 40\n", output: "1\n0\n1\n40\n" },
        { input: "1\n7\n", output: "1\n7\n0\n\n" }
      ])
    )
  })

  it("keep the outputs that they hold, not those that we would compute", () => {
    const line = '{"input1": 6, "input2": 4, "output1": 0.5833333}'
    expect(officialCase(task("dice-game"), line)).toEqual(
      Either.right({ input: "6\n4\n", output: "0.5833333\n" })
    )
  })

  it.each([
    ["gcd", "nonsense", "expected a JSON object, found nonsense"],
    ["gcd", "[1, 2]", "expected a JSON object, found [1, 2]"],
    ["gcd", '{"input1": 1, "output1": 1}', "field input2: expected an integer, found nothing"],
    ["gcd", '{"input1": 1, "input2": 2.5, "output1": 1}', "field input2: expected an integer, found 2.5"],
    ["twitter", '{"input1": 5, "output1": ""}', "field input1: expected a string, found 5"],
    [
      "solve-boolean",
      '{"input1": "t", "output1": "true"}',
      'field output1: expected true or false, found "true"'
    ],
    [
      "luhn",
      '{"input1": [1, "2"], "output1": 3}',
      'field input1: expected a list of integers, found [1,"2"]'
    ],
    ["snow-day", '{"input1": 0, "input2": "x"}', 'field input2: expected a number, found "x"']
  ])("are refused by name when they are not cases of %s: %s", (name, line, reason) => {
    const text = `\n${line}`
    expect(officialCases(task(name), text)).toEqual(Either.left({ line: 2, reason }))
  })
})

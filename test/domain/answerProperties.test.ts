import { describe, expect, it } from "@effect/vitest"
import { FastCheck as fc } from "effect"
import { programOf } from "../../src/domain/answer.ts"
import type { TaskLanguage } from "../../src/domain/language.ts"

const fence = "```"

describe("programOf, on anything", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      fence,
      "~~~",
      "\n",
      "`",
      "<think>",
      "</think>",
      "[PYTHON]",
      "<code>",
      "</code>",
      ">>> ",
      "> "
    ),
    fc.constantFrom(
      "def f():",
      "int main() {",
      "}",
      '"""',
      "/*",
      "import sys",
      "Here is the code:",
      "\0",
      "\\",
      "\r\n"
    ),
    fc.string({ unit: "binary", maxLength: 12 })
  )

  it("never throws, and what it takes is tidy and taken again unchanged", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom<TaskLanguage>("python", "cpp"),
        (pieces, language) => {
          const found = programOf(pieces.join(""), language)
          if (found._tag === "NoProgram") return found.reason !== ""
          return found.program.trim() !== "" && found.program.endsWith("\n")
        }
      ),
      { numRuns: 2_000 }
    )
  })

  it("takes any whole program out of any fence", () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/)
    const program = fc.array(name, { minLength: 1, maxLength: 8 }).map((names) => {
      return names.map((it) => `${it} = input()\nprint(${it})\n`).join("")
    })
    const marks = fc.constantFrom("```", "````", "~~~")
    fc.assert(
      fc.property(
        program,
        marks,
        fc.constantFrom("", "python", "PY"),
        fc.boolean(),
        (code, mark, tag, closed) => {
          const answer = `Here you are:\n\n${mark}${tag}\n${code}${closed ? `${mark}\nDone.` : ""}`
          expect(programOf(answer, "python")).toEqual({ _tag: "Program", program: code })
        }
      )
    )
  })

  // A quadratic scan of a megabyte takes minutes, so that the runner's own time limit is the judge.
  const units = [
    ..."`~\"'<>([{#/*=\n \\",
    "```\n",
    "``` ",
    "x```",
    "```python\n",
    '"""',
    '\\"""',
    "/*",
    "<think>",
    "</think>",
    "<code>",
    "[CODE]",
    "\n\n ",
    "a = ",
    "import x\n",
    "It is so.\n",
    ">>> x\n"
  ]
  for (const unit of units) {
    it(`is linear in a megabyte of ${JSON.stringify(unit)}`, () => {
      const many = unit.repeat(Math.floor(2 ** 20 / unit.length))
      for (const answer of [many, `x${many}y${fence}`, `${fence}python\nx${many}y\n${fence}`]) {
        expect(["Program", "NoProgram"]).toContain(programOf(answer, "python")._tag)
        expect(["Program", "NoProgram"]).toContain(programOf(answer, "cpp")._tag)
      }
    })
  }
})

import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { changeText, hunkText } from "../../../src/programs/cli/hunkText.ts"
import { type Hunk, hunksOf } from "../../../src/programs/diff/hunks.ts"

const texts = FastCheck.array(FastCheck.constantFrom("a\n", "b\n", "  c\n", "\n", "d\r\n", "+e\n"), {
  maxLength: 30
}).map((lines) => lines.join(""))
const ends = FastCheck.constantFrom("", "the end")

/** Does to a text what hunks say; fails where they do not fit. */
const applied = (text: string, hunks: ReadonlyArray<Hunk>): string => {
  const lines = text.split(/(?<=\n)/)
  const result: Array<string> = []
  let at = 0
  for (const { oldStart, lines: steps } of hunks) {
    while (at < oldStart - 1) result.push(lines[at++]!)
    for (const [place, step] of steps.entries()) {
      const isLast = steps[place + 1]?.startsWith("\\") === true
      const line = `${step.slice(1)}${isLast ? "" : "\n"}`
      if (step.startsWith("\\")) continue
      if (!step.startsWith("+")) {
        expect(lines[at]).toBe(line)
        at += 1
      }
      if (!step.startsWith("-")) result.push(line)
    }
  }
  return [...result, ...lines.slice(at)].join("")
}

const plain = { paint: (_: string, text: string) => text }

describe("hunks", () => {
  it.prop("lead from one text to the other", [texts, ends, texts, ends], ([one, tail, other, end]) => {
    const [before, after] = [one + tail, other + end]
    expect(applied(before, hunksOf(before, after))).toBe(after)
    expect(hunksOf(before, before)).toEqual([])
  })

  it("replace as a whole what has nothing in common, however long it is", () => {
    const lines = (name: string) => Array.from({ length: 3_000 }, (_, line) => `${name}${line}\n`).join("")
    const hunks = hunksOf(lines("a"), lines("b"))
    expect(hunks).toMatchObject([{ oldStart: 1, oldLines: 3_000, newStart: 1, newLines: 3_000 }])
    expect(applied(lines("a"), hunks)).toBe(lines("b"))
  })

  it("are shown as a unified diff, in which nothing can drive the terminal", () => {
    const hunks = hunksOf("x = 1\n\tsame\n", "x = '\u001b]52;c;aGk=\u0007\u202e'\n\tsame\nlast")
    expect(hunkText(plain, hunks)).toEqual([
      "@@ -1,2 +1,3 @@",
      "-x = 1",
      "+x = '\\x1b]52;c;aGk=\\x07\\u202e'",
      " \tsame",
      "+last",
      "\\ No newline at end of file"
    ])
    expect(hunkText(plain, hunksOf("", "a\n"))[0]).toBe("@@ -0,0 +1 @@")
  })

  it("say what there is nothing to compare with", () => {
    const none = { parent: null, hasProgram: { parent: false, node: true }, hunks: [] }
    expect(changeText(plain, "d3", none)).toEqual(["d3 is a draft: it has no parent to be compared with"])
    const same = { parent: "d3", hasProgram: { parent: true, node: true }, hunks: [] } as never
    expect(changeText(plain, "d3.e0.r0", same)).toEqual(["--- d3", "+++ d3.e0.r0", "the program is the same"])
  })
})

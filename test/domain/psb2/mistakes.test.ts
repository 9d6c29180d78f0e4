import { describe, expect, it } from "@effect/vitest"
import { TaskLanguage } from "../../../src/domain/language.ts"
import { drawTraining } from "../../../src/domain/psb2/draw.ts"
import type { Mistake } from "../../../src/domain/psb2/task.ts"
import { chosen } from "./chosen.ts"
import { passed, runCpp, runPython, withMistakes } from "./runPrograms.ts"

const timeout = 60_000
const runners = { python: runPython, cpp: runCpp }

const occurrences = (text: string, part: string): number => text.split(part).length - 1

const subsets = (mistakes: ReadonlyArray<Mistake>): ReadonlyArray<ReadonlyArray<Mistake>> =>
  Array.from({ length: 2 ** mistakes.length }, (_, choice) =>
    mistakes.filter((_mistake, index) => Math.floor(choice / 2 ** index) % 2 === 1)
  )

describe.each(chosen)("mistakes of $name", (task) => {
  it("are 4 to 6, with advice of their own, and one at least is about an edge", () => {
    expect(task.mistakes.length).toBeGreaterThanOrEqual(4)
    expect(task.mistakes.length).toBeLessThanOrEqual(6)
    const advice = task.mistakes.map((mistake) => mistake.advice)
    expect(new Set(advice).size).toBe(advice.length)
    for (const text of advice) {
      expect(text).toMatch(/^[A-Z].*[.]$/)
      expect(text).not.toMatch(/python|c\+\+|cpp/i)
    }
    expect(task.mistakes.some(({ kind }) => kind === "edge-case" || kind === "off-by-one")).toBe(true)
  })

  it.each(TaskLanguage.literals)("can be made, told apart and undone in any combination (%s)", (language) => {
    for (const some of subsets(task.mistakes)) {
      const text = withMistakes(task, language, some)
      expect(withMistakes(task, language, [...some].reverse())).toBe(text)
      for (const mistake of task.mistakes) {
        const [right, wrong] = mistake.edits[language]
        const made = some.includes(mistake)
        expect([right, occurrences(text, right)]).toEqual([right, made ? 0 : 1])
        expect([wrong, occurrences(text, wrong)]).toEqual([wrong, made ? 1 : 0])
        if (!made) continue
        const others = some.filter((other) => other !== mistake)
        expect(text.replace(wrong, () => right)).toBe(withMistakes(task, language, others))
      }
    }
  })

  it.each(TaskLanguage.literals)(
    "each fail a case out of 100, and all of them together still run (%s)",
    async (language) => {
      const cases = drawTraining(task, { seed: 42, count: 100 })
      const alone = task.mistakes.map((mistake) => withMistakes(task, language, [mistake]))
      const outputs = await runners[language](
        [task.programs[language], ...alone, withMistakes(task, language, task.mistakes)],
        cases.map(({ input }) => input)
      )
      const right = outputs.map((output) => passed(task, cases, output))
      if (process.env["SEIDR_SHOW_MISTAKES"]) console.log(task.name, language, right.join(" "))
      expect(right[0]).toBe(cases.length)
      for (const [index, mistake] of task.mistakes.entries()) {
        expect([mistake.advice, right[index + 1]! < cases.length]).toEqual([mistake.advice, true])
      }
      // At least one mistake leaves most cases right, so that scores have steps.
      expect(Math.max(...right.slice(1))).toBeGreaterThanOrEqual(60)
      expect(right.at(-1)).toBeLessThan(cases.length)
    },
    timeout
  )
})

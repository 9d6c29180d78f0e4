import { describe, expect, it } from "@effect/vitest"
import { Effect, TestClock } from "effect"
import type { ChosenRow } from "../../../../src/programs/cli/experiment/chosenRows.ts"
import { tableView } from "../../../../src/programs/cli/experiment/view.ts"
import { makeScreen } from "../../../../src/programs/cli/Screen.ts"
import type { RowOutcome } from "../../../../src/programs/experiment/experiment.ts"

/** A screen on a terminal of 80 columns, or on none, and what is written on the side. */
const side = (isTTY: boolean) => {
  const written: Array<string> = []
  const stream = (texts: Array<string>) =>
    ({ isTTY, columns: 80, write: (text: string) => texts.push(text) }) as unknown as NodeJS.WriteStream
  const screen = makeScreen({
    out: stream([]),
    err: stream(written),
    color: false,
    canErase: true,
    seal: "x"
  })
  return { screen, written }
}

const row = { line: 2, taskId: "7", label: "grid/7", options: { problem: "gcd" } } satisfies ChosenRow

const ended = (how: "new" | "done") =>
  ({
    _tag: "Ended",
    how,
    result: {
      status: "solved",
      programs: 9,
      best: { passed: 5, total: 5 },
      hidden: { passed: 19, total: 20 }
    }
  }) as unknown as RowOutcome

const failed: RowOutcome = { _tag: "Failed", error: new Error("broken"), runId: undefined }

describe("the view of a table", () => {
  it.effect("has all of it in one line of 80 columns", () =>
    Effect.gen(function* () {
      const { screen, written } = side(true)
      const view = yield* tableView(screen, 1_000)
      expect(written).toEqual(["0 of 1000 rows · 0 solved · 0 failing · 0 ms · 0 programs"])
      for (let count = 0; count < 900; count++) yield* view.ended(row, ended("done"))
      yield* TestClock.adjust("10 minutes")
      for (let count = 0; count < 90; count++) yield* view.ended(row, ended("new"))
      yield* view.judged
      const [shown] = written.slice(-1)
      expect(shown).toBe("990 of 1000 rows · 990 solved · 0 failing · 9.0 rows/min · 1 min 7 s left · 1 …")
      expect(shown).toHaveLength(79)
      // What fails stays above the line.
      yield* view.ended(row, failed)
      expect(written.join("")).toMatch(/\r\u001b\[K7: failed: internal error: broken .*\n991 of 1000 rows/)
    })
  )

  it.effect("is two lines for each row elsewhere", () =>
    Effect.gen(function* () {
      const { screen, written } = side(false)
      const view = yield* tableView(screen, 3)
      yield* view.judged
      yield* view.ended(row, ended("done"))
      yield* TestClock.adjust("30 seconds")
      yield* view.ended(row, ended("new"))
      yield* view.ended(row, ended("new"))
      const score = "solved after 9 programs (5 of 5 validation cases, 19 of 20 hidden"
      expect(written.join("").split("\n")).toEqual([
        `7: ${score}, run before)`,
        "1 of 3 rows · 1 solved · 0 failing · 0 ms · 1 program",
        `7: ${score})`,
        "2 of 3 rows · 2 solved · 0 failing · 2.0 rows/min · 30 s left · 1 program",
        `7: ${score})`,
        "3 of 3 rows · 3 solved · 0 failing · 4.0 rows/min · 30 s · 1 program",
        ""
      ])
    })
  )
})

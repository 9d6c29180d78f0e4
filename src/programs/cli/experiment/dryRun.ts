import { Effect } from "effect"
import { answerTokens, type Bounds, boundsOf } from "../../experiment/bounds.ts"
import { requestOf } from "../../solve/options.ts"
import { Screen } from "../Screen.ts"
import type { ChosenRow } from "./chosenRows.ts"

/** What the rows would do: at most so many programs, calls and tokens each. */
export const dryRun = Effect.fn("experiment.dryRun")(function* (
  rows: ReadonlyArray<ChosenRow>,
  faults: ReadonlyArray<string>,
  json: boolean
) {
  const screen = yield* Screen
  const planned = yield* Effect.forEach(rows, ({ line, options, taskId }) =>
    Effect.gen(function* () {
      const request = yield* requestOf(options)
      return { taskId, line, model: request.models.draft, ...(yield* boundsOf(request)) }
    }).pipe(
      Effect.mapBoth({
        onFailure: (error) => `line ${line} (task_id ${taskId}): ${error.message}`,
        onSuccess: (row) => row
      }),
      Effect.either
    )
  )
  const fine = planned.flatMap((row) => (row._tag === "Right" ? [row.right] : []))
  const wrong = [...faults, ...planned.flatMap((row) => (row._tag === "Left" ? [row.left] : []))]
  const most = {
    programs: sum(fine, ({ programs }) => programs),
    calls: sum(fine, ({ calls }) => calls),
    tokens: { in: sum(fine, ({ tokens }) => tokens.in), out: sum(fine, ({ tokens }) => tokens.out) }
  }
  if (json) yield* screen.json({ rows: fine, faults: wrong, atMost: most, answerTokens })
  else {
    const width = Math.max(7, ...fine.map(({ taskId }) => taskId.length))
    for (const { calls, language, model, problem, programs, taskId, tokens } of fine) {
      yield* screen.print(
        `${taskId.padEnd(width)}  ${problem} in ${language} with ${model}: at most ${programs} programs, ${calls} calls, ${tokens.in}+${tokens.out} tokens`
      )
    }
    yield* screen.print(
      `${fine.length} row${fine.length === 1 ? "" : "s"}: at most ${most.programs} programs, ${most.calls} calls, ${most.tokens.in}+${most.tokens.out} tokens (an answer taken to have at most ${answerTokens})`
    )
  }
  return wrong
})

const sum = <A extends Bounds>(rows: ReadonlyArray<A>, of: (row: A) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

import { Effect, Option } from "effect"
import { answerTokens, type Bounds, boundsOf } from "../../experiment/bounds.ts"
import { requestOf } from "../../solve/options.ts"
import { pricesIn } from "../prices.ts"
import { Screen } from "../Screen.ts"
import type { ChosenRow } from "./chosenRows.ts"

/** What the rows would do: at most so many programs, calls and tokens each. */
export const dryRun = Effect.fn("experiment.dryRun")(function* (
  rows: ReadonlyArray<ChosenRow>,
  faults: ReadonlyArray<string>,
  { json, prices }: { readonly json: boolean; readonly prices: Option.Option<string> }
) {
  const screen = yield* Screen
  const known = yield* pricesIn(prices)
  const planned = yield* Effect.forEach(rows, ({ line, options, taskId }) =>
    Effect.gen(function* () {
      const request = yield* requestOf(options)
      return { taskId, line, model: request.models.draft, ...(yield* boundsOf(request, known)) }
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
    tokens: { in: sum(fine, ({ tokens }) => tokens.in), out: sum(fine, ({ tokens }) => tokens.out) },
    cost: fine.some(({ cost }) => cost === null) ? null : sum(fine, ({ cost }) => cost ?? 0)
  }
  if (json) yield* screen.json({ rows: fine, faults: wrong, atMost: most, answerTokens })
  else {
    const money = (cost: number | null): string => (Option.isNone(prices) ? "" : `, ${moneyOf(cost)}`)
    const width = Math.max(7, ...fine.map(({ taskId }) => taskId.length))
    for (const { calls, cost, language, model, problem, programs, taskId, tokens } of fine) {
      yield* screen.print(
        `${taskId.padEnd(width)}  ${problem} in ${language} with ${model}: at most ${programs} programs, ${calls} calls, ${tokens.in}+${tokens.out} tokens${money(cost)}`
      )
    }
    yield* screen.print(
      `${fine.length} row${fine.length === 1 ? "" : "s"}: at most ${most.programs} programs, ${most.calls} calls, ${most.tokens.in}+${most.tokens.out} tokens${money(most.cost)} (an answer taken to have at most ${answerTokens})`
    )
  }
  return wrong
})

/** In the currency of the prices, whichever it is. */
const moneyOf = (cost: number | null): string =>
  cost === null ? "an unknown cost" : `a cost of ${cost.toFixed(cost < 1 ? 4 : 2)}`

const sum = <A extends Bounds>(rows: ReadonlyArray<A>, of: (row: A) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

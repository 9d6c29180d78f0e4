import { Effect } from "effect"
import type { TakenOver } from "../../services/LogImport.ts"
import { Screen } from "./Screen.ts"

/** Says what `import` and `merge` have done. */
export const showTakenOver = (file: string, runs: ReadonlyArray<TakenOver>, isJson: boolean) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    if (isJson) return yield* screen.json({ file, runs })
    for (const { run, outcome, events } of runs) {
      yield* screen.print(`${run}  ${outcome}${events === 0 ? "" : `, ${events} events`}`)
    }
    const numberOf = (outcome: TakenOver["outcome"]) => runs.filter((run) => run.outcome === outcome).length
    yield* screen.print(
      `${file}: ${numberOf("added")} runs added, ${numberOf("extended")} extended, ${numberOf("known")} known already`
    )
  })

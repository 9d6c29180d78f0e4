import { Effect } from "effect"
import { type Table, TableInvalid } from "../../experiment/table.ts"
import { unknownProblems } from "../../experiment/unknownProblems.ts"
import { layerProblems } from "../../layers.ts"
import { Screen } from "../Screen.ts"
import { UsageInvalid } from "../usage.ts"
import { type Chosen, chosenRows } from "./chosenRows.ts"

/** The rows of a table that are wanted, as runs whose problems can be loaded, and what is wrong with the others. */
export const checkedRows = Effect.fn("experiment.checkedRows")(function* (
  table: Table,
  task: string | undefined,
  name: string,
  data: string | undefined
) {
  const chosen = chosenRows(table, task, name, data)
  if (chosen._tag === "Left") return yield* new UsageInvalid({ reason: chosen.left })
  const { faults, rows } = chosen.right
  const unknown = yield* unknownProblems(rows.map(({ options }) => options)).pipe(
    Effect.provide(layerProblems)
  )
  const checked: Chosen = {
    rows: rows.filter(({ options }) => !unknown.has(options.problem)),
    faults: [
      ...faults,
      ...rows.flatMap(({ line, options: { problem }, taskId }) =>
        unknown.has(problem)
          ? [`line ${line} (task_id ${taskId}): problem ${problem}: ${unknown.get(problem)}`]
          : []
      )
    ]
  }
  return checked
})

/** Refuses a table with which something is wrong; where it is more than one thing, each is named. */
export const refuseUnless = (isFine: boolean, file: string, faults: ReadonlyArray<string>) => {
  const [first, ...others] = faults
  return isFine || first === undefined
    ? Effect.void
    : Effect.gen(function* () {
        const screen = yield* Screen
        for (const fault of others.length === 0 ? [] : faults.slice(0, 20))
          yield* screen.note(`${file}: ${fault}`)
        return yield* new TableInvalid({ file, faults: [first, ...others] })
      })
}

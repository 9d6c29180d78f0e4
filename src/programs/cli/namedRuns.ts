import { Effect, Option } from "effect"
import { isTable, type Named, runsNamed } from "../experiment/runsNamed.ts"
import { knownColumns } from "./experiment/rowOptions.ts"
import { argumentsOf, flag, text } from "./options.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"

/** The parameters of commands about runs that an experiment may have made. */
export const namedRunOptions = {
  runs: argumentsOf(
    "RUN",
    "runs, or tables (….csv), for the runs of their rows; default all of the log",
    false
  ),
  name: flag("name", "NAME", text, "of a table's runs, what labels begin with; default its file name")
}

/** As many rows without a run are named. */
const mostNamed = 5

/** The runs that a command line names; rows of tables that have none are said on standard error. */
export const namedRuns = Effect.fn("cli.namedRuns")(function* (
  runs: ReadonlyArray<string>,
  name: Option.Option<string>
) {
  const screen = yield* Screen
  if (Option.isSome(name) && !runs.some(isTable)) {
    return yield* new UsageInvalid({
      reason: "--name is for tables: it says what their runs' labels begin with"
    })
  }
  const named: Named = yield* runsNamed(runs, {
    columns: knownColumns,
    name: Option.getOrUndefined(name)
  })
  for (const fault of named.faults) yield* screen.note(fault)
  const { absent } = named
  if (absent.length > 0) {
    const shown = absent.slice(0, mostNamed).join(", ")
    const rest = absent.length > mostNamed ? ` and ${absent.length - mostNamed} more` : ""
    yield* screen.note(
      `${absent.length} row${absent.length === 1 ? " has" : "s have"} no run in this log: ${shown}${rest}`
    )
  }
  return named
})

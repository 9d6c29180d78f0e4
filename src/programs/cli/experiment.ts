import { Effect, Either, Exit, Option } from "effect"
import { experiment, type RowOutcome } from "../experiment/experiment.ts"
import { readTable } from "../experiment/table.ts"
import { layer, layerProblems } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { checkedRows, refuseUnless } from "./experiment/checkedRows.ts"
import { type ChosenRow, wantedTask } from "./experiment/chosenRows.ts"
import { dryRun } from "./experiment/dryRun.ts"
import { gridFlagIn, gridOptions, makeTable } from "./experiment/make.ts"
import { knownColumns } from "./experiment/rowOptions.ts"
import { reasonOf, tableView } from "./experiment/view.ts"
import { Concluded, endingOf, exitStatus } from "./failure.ts"
import { argument, countOrZero, countUpTo, flag, text, toggle } from "./options.ts"
import { pricesFlag } from "./prices.ts"
import { Screen } from "./Screen.ts"
import { configurationOf, machineOptions } from "./solve.ts"
import { UsageInvalid } from "./usage.ts"

export const experimentCommand = command(
  {
    name: "experiment",
    about: "run the rows of a table, each a search; what the log has is not run again; `make` writes a table",
    exits: "0 every row is solved, 1 a row is not, 3 a row could not be run"
  },
  {
    table: argument(
      "TABLE",
      "a CSV file with a column for each flag of `solve`, or the published columns; or `make`"
    ),
    task: flag("task", "ID", text, "only the row with this task_id; default TASK_ID, SLURM_ARRAY_TASK_ID"),
    offset: flag("offset", "N", countOrZero, "added to SLURM_ARRAY_TASK_ID; default 0"),
    name: flag("name", "NAME", text, "what the runs' labels begin with; default the table's file name"),
    parallel: flag("parallel", "N", countUpTo(256), "rows at the same time; default 4"),
    keepGoing: toggle("keep-going", "run the rows that are fine, although others are not"),
    dryRun: toggle("dry-run", "run nothing: list the rows, and what they may ask of models at most"),
    prices: pricesFlag,
    ...gridOptions,
    ...machineOptions,
    out: flag("out", "FILE", text, "of make: the file to write instead of standard output")
  },
  (flags) =>
    Effect.gen(function* () {
      if (Option.isSome(flags.prices) && !flags.dryRun) {
        return yield* new UsageInvalid({
          reason: "--prices is for --dry-run; `seidr analyse --prices` has what runs cost"
        })
      }
      if (flags.table === "make") return yield* makeTable(flags, flags.out)
      const misplaced = Option.isSome(flags.out) ? "out" : gridFlagIn(flags)
      if (misplaced !== undefined) {
        const reason = `--${misplaced} is a flag of \`seidr experiment make\` only${misplaced === "out" ? "" : "; a table has a column for it"}`
        return yield* new UsageInvalid({ reason })
      }
      const screen = yield* Screen
      const configuration = yield* configurationOf(flags)
      const table = yield* readTable(flags.table, knownColumns)
      const offset = Option.getOrElse(flags.offset, () => 0)
      const task = yield* Either.mapLeft(
        wantedTask({ task: flags.task, offset, environment }),
        (reason) => new UsageInvalid({ reason })
      )
      const name = Option.getOrElse(flags.name, () => table.name)
      const { faults, rows } = yield* checkedRows(table, task, name, configuration.data)
      if (flags.dryRun) {
        const wrong = yield* dryRun(rows, faults, flags).pipe(Effect.provide(layerProblems))
        return yield* refuseUnless(wrong.length === 0, table.file, wrong)
      }
      yield* refuseUnless(faults.length === 0 || flags.keepGoing, table.file, faults)
      for (const fault of faults) yield* screen.note(`${table.file}: ${fault}`)
      const view = yield* tableView(screen, rows.length)
      const byLabel = new Map(rows.map((row) => [row.label, row]))
      const outcomes = yield* experiment(rows, {
        parallel: Option.getOrElse(flags.parallel, () => 4),
        observe: (_, { event }) => (event._tag === "ProgramEvaluated" ? view.judged : Effect.void),
        onEnd: ({ label }, outcome) => view.ended(byLabel.get(label)!, outcome)
      }).pipe(
        Effect.provide(layer(configuration)),
        Effect.onInterrupt(() =>
          screen.note("interrupted; the same command goes on with the rows that are left")
        )
      )
      yield* conclude(rows, outcomes, faults, flags.json)
    })
)

const conclude = Effect.fn("experiment.conclude")(function* (
  rows: ReadonlyArray<ChosenRow>,
  outcomes: ReadonlyArray<RowOutcome>,
  faults: ReadonlyArray<string>,
  json: boolean
) {
  const screen = yield* Screen
  const ended = outcomes.flatMap((outcome) => (outcome._tag === "Ended" ? [outcome] : []))
  const solved = ended.filter(({ result }) => result.status === "solved").length
  const failed = outcomes.flatMap((outcome) => (outcome._tag === "Failed" ? [outcome] : []))
  if (json) {
    yield* screen.json({
      solved,
      unsolved: ended.length - solved,
      failed: failed.length,
      faults,
      rows: outcomes.map((outcome, index) => {
        const { line, taskId } = rows[index]!
        return outcome._tag === "Ended"
          ? { taskId, line, how: outcome.how, ...outcome.result }
          : { taskId, line, runId: outcome.runId ?? null, status: "failed", reason: reasonOf(outcome.error) }
      })
    })
  } else {
    yield* screen.print(
      `${solved} of ${rows.length} rows solved, ${ended.length - solved} not` +
        (failed.length === 0 ? "" : `, ${failed.length} could not be run`) +
        (faults.length === 0 ? "" : `; ${faults.length} were not fine`)
    )
  }
  const statuses = failed.map(({ error }) => endingOf(Exit.fail(error)).status)
  const worst = Math.max(0, ...statuses)
  if (worst > 0) return yield* Effect.fail(new Concluded(worst))
  if (faults.length > 0) return yield* Effect.fail(new Concluded(exitStatus.refused))
  if (solved < rows.length) return yield* Effect.fail(new Concluded(exitStatus.notAll))
})

import type { FileSystem } from "@effect/platform"
import { Effect } from "effect"
import type { LogFailed } from "../../services/EventLog.ts"
import { RunCatalogue, type RunSummary, type RunUnknown } from "../../services/RunCatalogue.ts"
import { readTable, type TableInvalid } from "./table.ts"

export interface Named {
  readonly runs: ReadonlyArray<RunSummary>
  /** Rows of tables that no run of the log belongs to, by the label that it would have. */
  readonly absent: ReadonlyArray<string>
  /** What is wrong with rows of tables, each with its file. */
  readonly faults: ReadonlyArray<string>
}

export interface NamedOptions {
  /** The columns that tables may have besides `task_id`. */
  readonly columns: ReadonlySet<string>
  /** What the runs' labels begin with; default the table's file name. */
  readonly name: string | undefined
}

/** Whether an argument that may be a run is a table. */
export const isTable = (argument: string): boolean => /\.csv$/i.test(argument)

/**
 * The runs that arguments name: by id, prefix of an id or label, or by a table (`….csv`), which stands for the runs of its
 * rows: those labelled `TABLE/ID`, as `seidr experiment` labels them. Without an argument, all runs of the log.
 */
export const runsNamed = (
  names: ReadonlyArray<string>,
  { columns, name }: NamedOptions
): Effect.Effect<Named, RunUnknown | LogFailed | TableInvalid, RunCatalogue | FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const catalogue = yield* RunCatalogue
    if (names.length === 0) return { runs: yield* catalogue.list, absent: [], faults: [] }
    const runs: Array<RunSummary> = []
    const absent: Array<string> = []
    const faults: Array<string> = []
    const tables = names.filter(isTable)
    // Newest first, of which the newest of a label is the run of a row.
    const labelled = new Map<string, RunSummary>()
    if (tables.length > 0) {
      for (const run of (yield* catalogue.list).toReversed()) {
        if (run.label !== null) labelled.set(run.label, run)
      }
    }
    for (const argument of names) {
      if (!isTable(argument)) {
        runs.push(yield* catalogue.find(argument))
        continue
      }
      const table = yield* readTable(argument, columns)
      faults.push(...table.faults.map((fault) => `${table.file}: ${fault}`))
      for (const { taskId } of table.rows) {
        const label = `${name ?? table.name}/${taskId}`
        const run = labelled.get(label)
        if (run === undefined) absent.push(label)
        else runs.push(run)
      }
    }
    return { runs, absent, faults }
  })

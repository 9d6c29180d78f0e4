import { Effect, Layer } from "effect"
import { RunCatalogue, RunUnknown } from "../../RunCatalogue.ts"
import { LogFile } from "./connect.ts"
import { whileBusy } from "./failure.ts"
import { type SummaryRow, selectRuns, summaryFromRow } from "./summaryRow.ts"

/** How many candidates an ambiguous name lists. */
const listed = 5

const newestFirst = "ORDER BY run.started_at DESC, run.run_id DESC"

export const layerRunCatalogue = Layer.effect(
  RunCatalogue,
  Effect.gen(function* () {
    const { file, reader } = yield* LogFile
    const query = (sql: string, parameters: ReadonlyArray<unknown> = []) =>
      whileBusy(file, "listing its runs", reader.unsafe<SummaryRow>(sql, parameters)).pipe(
        Effect.map((rows) => rows.map(summaryFromRow))
      )
    return {
      list: query(`${selectRuns} ${newestFirst}`),
      find: Effect.fn("RunCatalogue.find")(function* (name) {
        const id = name.toUpperCase()
        const [same] = yield* query(`${selectRuns} WHERE run.run_id = ?`, [id])
        if (same !== undefined) return same
        // A label is a whole name that someone chose; the start of an id may become ambiguous tomorrow.
        const [labelled] = yield* query(`${selectRuns} WHERE run.label = ? ${newestFirst} LIMIT 1`, [name])
        if (labelled !== undefined) return labelled
        const begun =
          id === ""
            ? []
            : yield* query(
                `${selectRuns} WHERE substr(run.run_id, 1, ?) = ? ORDER BY run.run_id LIMIT ${listed + 1}`,
                [id.length, id]
              )
        const [only] = begun
        if (only !== undefined && begun.length === 1) return only
        return yield* new RunUnknown({ name, candidates: begun.slice(0, listed).map(({ runId }) => runId) })
      })
    }
  })
)

import type { SqlError } from "@effect/sql/SqlError"
import type { SqliteClient } from "@effect/sql-sqlite-node/SqliteClient"
import { Effect, Layer } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import { RunCatalogue, type RunSummary, RunUnknown } from "../../RunCatalogue.ts"
import { LogFile, whileBusy } from "./connect.ts"

interface SummaryRow {
  readonly run_id: string
  readonly label: string | null
  readonly problem: string
  readonly language: string
  readonly model: string
  readonly status: string
  readonly programs: number
  readonly best_node: string | null
  readonly best_score: number | null
  readonly best_passed: number | null
  readonly best_total: number | null
  readonly started_at: number
}

export const summaryOf = (sql: SqliteClient, runId: RunId): Effect.Effect<RunSummary | undefined, SqlError> =>
  Effect.map(sql.unsafe<SummaryRow>("SELECT * FROM run WHERE run_id = ?", [runId]), ([row]) =>
    row === undefined ? undefined : fromRow(row)
  )

/** How many candidates an ambiguous name lists. */
const listed = 5

export const layerRunCatalogue = Layer.effect(
  RunCatalogue,
  Effect.gen(function* () {
    const { file, reader } = yield* LogFile
    const query = (sql: string, parameters: ReadonlyArray<unknown> = []) =>
      whileBusy(file, "listing its runs", reader.unsafe<SummaryRow>(sql, parameters)).pipe(
        Effect.map((rows) => rows.map(fromRow))
      )
    return {
      list: query("SELECT * FROM run ORDER BY started_at DESC, run_id DESC"),
      find: Effect.fn("RunCatalogue.find")(function* (name) {
        const prefix = name.toUpperCase()
        const byId = yield* query("SELECT * FROM run WHERE substr(run_id, 1, ?) = ? ORDER BY run_id", [
          prefix.length,
          prefix
        ])
        const [only] = byId
        if (only !== undefined && byId.length === 1 && prefix !== "") return only
        const [labelled] = yield* query(
          "SELECT * FROM run WHERE label = ? ORDER BY started_at DESC, run_id DESC LIMIT 1",
          [name]
        )
        if (labelled !== undefined) return labelled
        return yield* new RunUnknown({
          name,
          candidates: prefix === "" ? [] : byId.slice(0, listed).map(({ runId }) => runId)
        })
      })
    }
  })
)

const fromRow = (row: SummaryRow): RunSummary => ({
  runId: row.run_id as RunId,
  label: row.label,
  problem: row.problem,
  language: row.language,
  model: row.model,
  status: row.status as RunSummary["status"],
  programs: row.programs,
  best:
    row.best_node === null
      ? null
      : {
          node: row.best_node,
          score: row.best_score ?? 0,
          passed: row.best_passed ?? 0,
          total: row.best_total ?? 0
        },
  startedAt: row.started_at
})

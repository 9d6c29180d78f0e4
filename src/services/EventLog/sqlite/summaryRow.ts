import type { RunId } from "../../../domain/ids.ts"
import type { RunSummary } from "../../RunCatalogue.ts"

/** A row of the table `run`, with its lineage. */
export interface SummaryRow {
  readonly run_id: string
  readonly label: string | null
  readonly parent_id: string | null
  readonly parent_pos: number | null
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

/** What selects such rows; a condition may follow. */
export const selectRuns =
  "SELECT run.*, lineage.parent_id, lineage.parent_pos FROM run LEFT JOIN lineage ON lineage.run_id = run.run_id"

export const summaryFromRow = (row: SummaryRow): RunSummary => ({
  runId: row.run_id as RunId,
  label: row.label,
  parent: row.parent_id === null ? null : { parent: row.parent_id as RunId, position: row.parent_pos ?? 0 },
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

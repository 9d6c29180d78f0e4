/** The type of a read model's column. Columns of one name have one type. */
export type ColumnType = "text" | "integer" | "real" | "boolean"

export interface Column {
  readonly name: string
  readonly type: ColumnType
}

/** A row as SQLite gives it, in the order of the columns; truth values are 0 and 1. */
export type Cells = ReadonlyArray<string | number | null>

const booleans = new Set(["surplus", "hidden"])
const reals = new Set(["temperature", "score", "best_score", "hidden_score", "latency_ms"])
const integers = new Set(
  `parent_pos max_programs drafts explanations repairs beam_width tournament_size seed programs best_passed best_total
  generations calls tokens_in tokens_out surplus_programs surplus_calls surplus_tokens_in surplus_tokens_out stop_index
  hidden_passed hidden_total started_at finished_at events generation program_index passed total survivor_rank
  written_pos written_at judged_pos judged_at pos attempt asked_at ended_pos ended_at case_index at rank`.split(
    /\s+/
  )
)

export const columnOf = (name: string): Column => ({
  name,
  type: booleans.has(name) ? "boolean" : reals.has(name) ? "real" : integers.has(name) ? "integer" : "text"
})

/** One row of a run's history, and its place there: rows are sent in order of `step`, and a step once. */
export interface Row {
  readonly step: number
  readonly values: Readonly<Record<string, number>>
}

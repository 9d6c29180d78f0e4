import type { HiddenScored, SearchEnded } from "../events.ts"
import type { Row } from "./row.ts"

/** What the end of a run says: its events as far as there are any. */
export interface RunEnd {
  readonly ended: SearchEnded | undefined
  readonly hidden: HiddenScored | undefined
}

/** The row with the final metrics, after all others; none without hidden cases. */
export const lastRow = (hidden: RunEnd["hidden"], last: Row | undefined): ReadonlyArray<Row> =>
  hidden === undefined
    ? []
    : [
        {
          step: (last?.step ?? -1) + 1,
          values: {
            test_avg_score: hidden.score,
            test_pass_rate: hidden.total === 0 ? 0 : hidden.passed / hidden.total
          }
        }
      ]

/** What is shown for a run as a whole: the last value of each metric, and its outcome. */
export const summaryOf = (
  { ended, hidden }: RunEnd,
  last: Row | undefined
): Readonly<Record<string, string | number>> => ({
  ...last?.values,
  ...(ended === undefined
    ? {}
    : {
        status: ended.status,
        digest: ended.digest,
        programs: ended.used.programs,
        generations: ended.generations,
        best_node: ended.best.node,
        llm_calls: ended.used.calls,
        tokens_in: ended.used.tokens.in,
        tokens_out: ended.used.tokens.out
      }),
  ...(hidden === undefined
    ? {}
    : {
        ...lastRow(hidden, last)[0]?.values,
        test_solved: hidden.total > 0 && hidden.passed === hidden.total ? 1 : 0
      })
})

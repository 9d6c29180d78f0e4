import type { PassRow } from "../../metrics/summary/passRows.ts"
import type { Intervals } from "../figure.ts"
import { mostSeries, parts } from "../figure.ts"
import { amount, ofRuns, percent, score, withInterval } from "../numbers.ts"
import { type Section, table, text } from "../page.ts"
import { type Source, type Total, totalsOf } from "../source.ts"

/** The main figures of each setting over all its problems. */
export const summarySection = ({ analysis }: Source): Section => {
  const totals = totalsOf(analysis)
  const rows = totals.map(({ place, setting, summary }) => [
    { text: setting.id, setting: place },
    String(summary.runs),
    `${summary.problems.solved} of ${summary.problems.total}`,
    ofRuns(summary.solved),
    withInterval(summary.solved, percent),
    withInterval(summary.testPassRate, score),
    withInterval(summary.excessPrograms, amount),
    String(summary.excessPrograms.n)
  ])
  return {
    id: "summary",
    title: "Summary",
    blocks: [
      table(
        "summary-table",
        "Every setting over all its problems",
        [
          ["setting", "text"],
          ["runs", "number"],
          ["problems solved at least once", "number"],
          ["runs that solve", "number"],
          ["share that solves", "number"],
          ["test pass rate", "number"],
          ["programs before the first that passes", "number"],
          ["runs with one", "number"]
        ],
        rows
      ),
      text(
        "A run solves when its best program passes every validation and every hidden case. Brackets hold 95 % intervals: Wilson's for shares of runs, percentile bootstrap over the runs for means."
      ),
      { kind: "figures", figures: solvedFigures(totals) },
      passTable(totals),
      text(
        "A dash stands where runs do not tell: a run that gave up before its k-th program, or fewer than k of a problem."
      )
    ]
  }
}

type Totals = ReadonlyArray<Total>

const solvedFigures = (totals: Totals): ReadonlyArray<Intervals> =>
  parts(totals, 2 * mostSeries).map((some, index) => ({
    kind: "intervals",
    id: index === 0 ? "solved" : `solved-${index + 1}`,
    title: "Share of runs that solve",
    description: `Share of runs that solve, with its 95 % interval, for ${some
      .map(({ setting, summary }) => `${setting.id}: ${percent(summary.solved.value)} of ${summary.runs}`)
      .join("; ")}.`,
    x: { title: "share of runs that solve, with 95 % interval" },
    rows: some.flatMap(({ place, setting, summary: { solved } }) =>
      solved.value === null || solved.low === null || solved.high === null
        ? []
        : [{ name: setting.id, place, value: solved.value, low: solved.low, high: solved.high }]
    ),
    data: {
      head: ["setting", "name", "solved", "low", "high", "runs"],
      rows: some.map(({ setting, summary: { solved } }) => [
        setting.id,
        setting.name,
        solved.value,
        solved.low,
        solved.high,
        solved.n
      ])
    }
  }))

const isTold = ({ drafts, programs, runs, within }: PassRow): boolean =>
  [drafts, programs, runs, within].some(({ value }) => value !== null)

const passTable = (totals: Totals) =>
  table(
    "pass-at-k",
    "pass@k: solved within the first k programs; with drafts alone; and by the estimator of Chen et al. (2021) over programs and over runs",
    [
      ["setting", "text"],
      ["k", "number"],
      ["within k programs", "number"],
      ["drafts alone", "number"],
      ["Chen, programs", "number"],
      ["Chen, runs", "number"],
      ["runs", "number"]
    ],
    totals.flatMap(({ place, setting, summary }) =>
      summary.passAtK
        .filter((row) => isTold(row))
        .map(({ drafts, k, programs, runs, within }) => [
          { text: setting.id, setting: place },
          String(k),
          withInterval(within, percent),
          withInterval(drafts, percent),
          withInterval(programs, percent),
          withInterval(runs, percent),
          String(summary.runs)
        ])
    )
  )

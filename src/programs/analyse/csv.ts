import type { Estimate } from "../../domain/metrics/estimate.ts"
import { efforts } from "../../domain/metrics/run/progress.ts"
import type { Analysis } from "../../domain/metrics/summary/analysis.ts"
import type { Summary } from "../../domain/metrics/summary/summarise.ts"
import { type Cell, comparedOf, runColumns, runOf } from "./document.ts"

/** A table as lines of CSV (RFC 4180), its heading first. */
const csv = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<Cell>>): ReadonlyArray<string> =>
  [head, ...rows].map((row) => row.map(cellOf).join(","))

const cellOf = (cell: Cell): string => {
  const text = cell === null ? "" : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A line per run. */
export const runsCsv = ({ runs }: Analysis): ReadonlyArray<string> =>
  csv(
    runColumns,
    runs.map((run) => Object.values(runOf(run)))
  )

const head = ["setting", "problem", "metric", "at", "value", "low", "high", "n", "method"]

/** A figure: what it is, and of which k, generation, verdict, writer, effort, model or other setting. */
type Figure = readonly [metric: string, at: Cell, estimate: Estimate]

/** A line per figure; no problem stands for all of a setting's problems. */
export const figuresCsv = (analysis: Analysis): ReadonlyArray<string> => {
  const row = (setting: string, problem: string | null, [metric, at, estimate]: Figure) => {
    const { value, low, high, n, method } = estimate
    return [setting, problem, metric, at, value, low, high, n, method]
  }
  const ofGroups = analysis.groups.flatMap(({ setting, problem, summary }) => [
    ...figuresOf(summary).map((figure) => row(setting, problem, figure)),
    ...sumsOf(summary).map(([metric, at, value]) => [
      setting,
      problem,
      metric,
      at,
      value,
      null,
      null,
      null,
      null
    ])
  ])
  const ofComparisons = analysis.comparisons.flatMap((comparison) => {
    const { by, first, second, adjusted, difference, ties, wins, losses, verdict } = comparedOf(
      analysis,
      comparison
    )
    const pairs = wins + losses + ties
    return [
      row(first, null, [`difference.${by}`, second, difference]),
      [first, null, `p.${by}`, second, adjusted, null, null, pairs, "sign test"],
      [first, null, `verdict.${by}`, second, verdict, null, null, pairs, "sign test"]
    ]
  })
  return csv(head, [...ofGroups, ...ofComparisons])
}

const figuresOf = (summary: Summary): ReadonlyArray<Figure> => [
  ["solved", null, summary.solved],
  ["found", null, summary.found],
  ["testPassRate", null, summary.testPassRate],
  ["bestScore", null, summary.bestScore],
  ["excessPrograms", null, summary.excessPrograms],
  ["programs", null, summary.programs],
  ["calls", null, summary.calls],
  ["tokens", null, summary.tokens],
  ["cost", null, summary.cost],
  ["seconds", null, summary.seconds],
  ["duplicates", null, summary.duplicates],
  ...summary.passAtK.flatMap(
    ({ k, within, drafts, programs, runs }): ReadonlyArray<Figure> => [
      ["passAtK.within", k, within],
      ["passAtK.drafts", k, drafts],
      ["passAtK.programs", k, programs],
      ["passAtK.runs", k, runs]
    ]
  ),
  ...summary.generations.flatMap(
    ({ generation, programs, solutions }): ReadonlyArray<Figure> => [
      ["generations.programs", generation, programs],
      ["generations.solutions", generation, solutions]
    ]
  ),
  ...summary.failures.map(({ verdict, share }): Figure => ["failures", verdict, share]),
  ...summary.repairs.flatMap(
    ({ writer, improved, worse, passing, helpful }): ReadonlyArray<Figure> => [
      ["repairs.improved", writer, improved],
      ["repairs.worse", writer, worse],
      ["repairs.passing", writer, passing],
      ["repairs.helpful", writer, helpful]
    ]
  ),
  ...efforts.flatMap((effort) =>
    (summary.curves[effort] ?? []).flatMap(
      ({ at, score, solved }): ReadonlyArray<Figure> => [
        [`curves.${effort}.score`, at, score],
        [`curves.${effort}.solved`, at, solved]
      ]
    )
  )
]

const sumsOf = ({ runs, models }: Summary): ReadonlyArray<readonly [string, Cell, Cell]> => [
  ["runs", null, runs],
  ...models.flatMap(
    (bill): ReadonlyArray<readonly [string, Cell, Cell]> => [
      ["models.calls", bill.model, bill.calls],
      ["models.surplus", bill.model, bill.surplus],
      ["models.adopted", bill.model, bill.adopted],
      ["models.failed", bill.model, bill.failed],
      ["models.tokens.in", bill.model, bill.tokens.in],
      ["models.tokens.out", bill.model, bill.tokens.out],
      ["models.uncounted", bill.model, bill.uncounted],
      ["models.cost", bill.model, bill.cost]
    ]
  )
]

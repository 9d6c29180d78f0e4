import type { Estimate } from "../../domain/metrics/estimate.ts"
import type { Analysis } from "../../domain/metrics/summary/analysis.ts"
import type { Curves } from "../../domain/metrics/summary/curves.ts"
import type { Summary } from "../../domain/metrics/summary/summarise.ts"
import { printableLine } from "../../domain/printable.ts"
import { comparedOf, runColumns, runOf } from "./document.ts"

type Row = ReadonlyArray<string>

/** As many generations are shown. */
const mostGenerations = 6

/** Columns that are as wide as what stands in them. */
const aligned = (rows: ReadonlyArray<Row>): ReadonlyArray<string> => {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]!.length), 0)
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd()
  )
}

/** Three digits, and more where a number is small; whole from a thousand on. */
const short = (value: number | null): string => {
  if (value === null) return "-"
  if (Math.abs(value) >= 1_000) return String(Math.round(value))
  if (Number.isInteger(value) || value === 0) return String(value)
  return Math.abs(value) >= 0.001 ? value.toFixed(3) : value.toPrecision(2)
}

/** `0.800 [0.490 0.943]`; of a mean over a single run the value alone. */
const estimate = ({ value, low, high }: Estimate): string =>
  low === null || high === null ? short(value) : `${short(value)} [${short(low)} ${short(high)}]`

/** What an analysis says to people: a line per group, a section per setting, the comparisons. */
export const textOf = (analysis: Analysis): ReadonlyArray<string> => [
  ...introduction(analysis),
  "",
  ...groupTable(analysis),
  ...analysis.groups.flatMap(({ setting, problem, summary }) => {
    const name = analysis.settings.find(({ id }) => id === setting)?.name ?? ""
    return problem === null ? ["", `── ${setting}: ${printableLine(name)} ──`, ...sectionOf(summary)] : []
  }),
  ...comparisonTable(analysis)
]

/** A line per run. */
export const runsTextOf = ({ runs }: Analysis): ReadonlyArray<string> =>
  aligned([
    runColumns,
    ...runs.map((run) =>
      Object.values(runOf(run)).map((cell) =>
        typeof cell === "number" ? short(cell) : cell === null ? "-" : printableLine(String(cell))
      )
    )
  ])

const introduction = ({ runs, settings, unfinished, seed }: Analysis): ReadonlyArray<string> => [
  `${counted(runs.length, "run")} under ${counted(settings.length, "setting")}` +
    (unfinished.length === 0 ? "" : `; ${unfinished.length} more have not ended and are left out`),
  `[…] are 95 % intervals: Wilson's for shares, bootstrap over runs (seed ${seed}) for means`,
  ...settings.map(({ id, name }) => `${id}  ${printableLine(name)}`)
]

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`

const groupTable = ({ groups, ks }: Analysis): ReadonlyArray<string> =>
  aligned([
    [
      "setting",
      "problem",
      "runs",
      "solved",
      "TPR",
      "excess programs",
      ...ks.map((k) => `pass@${k}`),
      "programs",
      "tokens",
      "cost"
    ],
    ...groups.map(({ setting, problem, summary }) => [
      setting,
      problem === null
        ? `all: ${summary.problems.solved} of ${summary.problems.total} solved`
        : printableLine(problem),
      String(summary.runs),
      estimate(summary.solved),
      estimate(summary.testPassRate),
      estimate(summary.excessPrograms),
      ...summary.passAtK.map(({ within }) => estimate(within)),
      short(summary.programs.value),
      short(summary.tokens.value),
      short(summary.cost.value)
    ])
  ])

const sectionOf = (summary: Summary): ReadonlyArray<string> => [
  ...aligned([
    ["pass@k", "within k programs", "drafts alone", "Chen, programs", "Chen, runs"],
    ...summary.passAtK.map(({ k, within, drafts, programs, runs }) => [
      `k = ${k}`,
      ...[within, drafts, programs, runs].map(estimate)
    ])
  ]),
  ...curveLines(summary.curves),
  ...lines("generation", [
    ...summary.generations
      .slice(0, mostGenerations)
      .map(
        ({ generation, programs, solutions }) =>
          `${generation}: ${estimate(programs)} of programs, ${estimate(solutions)} of solutions`
      ),
    ...(summary.generations.length > mostGenerations
      ? [`… to ${summary.generations.length - 1}; --json and --csv hold them all`]
      : [])
  ]),
  ...lines(
    "failures",
    summary.failures.map(({ verdict, share }) => `${verdict} ${estimate(share)}`)
  ),
  ...lines(
    "repairs",
    summary.repairs.map(
      ({ writer, improved, worse, passing, helpful }) =>
        `by ${writer === "model" ? "the model's" : writer} instructions: better ${estimate(improved)}, worse ${estimate(worse)}, passing ${estimate(passing)}; of the instructions ${estimate(helpful)} help`
    )
  ),
  ...lines("duplicates", [`${estimate(summary.duplicates)} of programs`]),
  ...lines(
    "models",
    summary.models.map(
      ({ model, calls, surplus, adopted, failed, tokens, cost }) =>
        `${printableLine(model)}: ${calls} calls (${surplus} surplus, ${adopted} adopted, ${failed} failed), ${tokens.in}+${tokens.out} tokens, cost ${short(cost)}`
    )
  )
]

/** The first line begins with a title, the others below it. */
const lines = (title: string, texts: ReadonlyArray<string>): ReadonlyArray<string> =>
  texts.map((text, index) => `${(index === 0 ? title : "").padEnd(12)}${text}`)

const curveLines = (curves: Curves): ReadonlyArray<string> => {
  const points = curves.programs ?? []
  return points.length === 0
    ? []
    : aligned([
        ["programs", ...points.map(({ at }) => short(at))],
        ["best so far", ...points.map(({ score }) => short(score.value))],
        ["solved", ...points.map(({ solved }) => short(solved.value))]
      ])
}

const comparisonTable = (analysis: Analysis): ReadonlyArray<string> =>
  analysis.comparisons.length === 0
    ? []
    : [
        "",
        "── pairs of the same problem and seed; p of the exact sign test, adjusted for all comparisons ──",
        ...aligned([
          ["settings", "by", "first better", "second better", "equal", "difference", "p", "verdict"],
          ...analysis.comparisons.map((comparison) => {
            const { first, second, by, wins, losses, ties, difference, adjusted, verdict } = comparedOf(
              analysis,
              comparison
            )
            return [
              `${first} to ${second}`,
              by,
              String(wins),
              String(losses),
              String(ties),
              estimate(difference),
              short(adjusted),
              verdict === "undecided" ? verdict : `${verdict} is better`
            ]
          })
        ])
      ]

import type { Analysis, RunRow } from "../../domain/metrics/summary/analysis.ts"
import type { SettingComparison } from "../../domain/metrics/summary/compare.ts"

/** A value of a table. */
export type Cell = string | number | boolean | null

/** An analysis as one JSON document: what is in it is told in `docs/metrics.md`. */
export const documentOf = (analysis: Analysis) => ({
  seed: analysis.seed,
  confidence: 0.95,
  settings: analysis.settings,
  unfinished: analysis.unfinished,
  groups: analysis.groups.map(({ setting, problem, summary }) => ({ setting, problem, ...summary })),
  comparisons: analysis.comparisons.map((comparison) => comparedOf(analysis, comparison)),
  runs: analysis.runs.map(runOf)
})

/** A comparison with the ids of its settings; the verdict is one of them, or `undecided`. */
export const comparedOf = (
  { settings }: Pick<Analysis, "settings">,
  { first, second, verdict, ...comparison }: SettingComparison
) => {
  const ids = { first: settings[first]!.id, second: settings[second]!.id }
  return { ...comparison, ...ids, verdict: verdict === "undecided" ? verdict : ids[verdict] }
}

const columns: Readonly<Record<string, (run: RunRow) => Cell>> = {
  runId: ({ runId }) => runId,
  label: ({ label }) => label,
  problem: ({ problem }) => problem,
  setting: ({ setting }) => setting,
  seed: ({ seed }) => seed,
  solved: ({ measures }) => measures.isSolved,
  found: ({ measures }) => measures.isFound,
  testPassRate: ({ measures }) => measures.testPassRate,
  bestScore: ({ measures }) => measures.bestScore,
  excessPrograms: ({ measures }) => measures.excess,
  generationOfSolution: ({ measures }) => measures.generationOfSolution,
  programs: ({ measures }) => measures.programs,
  calls: ({ measures }) => measures.calls,
  tokensIn: ({ measures }) => measures.tokens?.in ?? null,
  tokensOut: ({ measures }) => measures.tokens?.out ?? null,
  cost: ({ measures }) => measures.progress.cost?.spent ?? null,
  seconds: ({ measures }) => measures.progress.seconds?.spent ?? null,
  ownPrograms: ({ measures }) => measures.own.programs,
  duplicates: ({ measures }) => measures.own.duplicates,
  surplusPrograms: ({ measures }) => measures.surplus.programs,
  surplusCalls: ({ measures }) => measures.surplus.calls
}

/** What is told of a single run. */
export const runColumns: ReadonlyArray<string> = Object.keys(columns)

/** The figures of one run by column; null where there are none. */
export const runOf = (run: RunRow): Readonly<Record<string, Cell>> =>
  Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, of(run)]))

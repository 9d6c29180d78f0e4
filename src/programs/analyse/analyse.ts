import { Effect } from "effect"
import type { Prices } from "../../domain/metrics/modelCost.ts"
import { measure } from "../../domain/metrics/run/measure.ts"
import type { RunRecord } from "../../domain/metrics/run/record.ts"
import { keyOf, namesOf, type Setting, settingOf } from "../../domain/metrics/setting.ts"
import type { AnalysedRun } from "../../domain/metrics/summary/analysed.ts"
import { compareSettings, type SettingComparison } from "../../domain/metrics/summary/compare.ts"
import { gridsFor } from "../../domain/metrics/summary/curves.ts"
import { type Summary, summarise } from "../../domain/metrics/summary/summarise.ts"
import type { LogFailed } from "../../services/EventLog.ts"
import type { RunSummary } from "../../services/RunCatalogue.ts"
import { RunRecords } from "../../services/RunRecords.ts"

/** A setting under which there are runs: its short id here, a name that tells it from the others, all its fields. */
export interface NamedSetting {
  readonly id: string
  readonly name: string
  readonly fields: Setting
}

/** A run that was analysed. */
export interface RunRow extends AnalysedRun {
  readonly label: string | null
  readonly setting: string
  readonly status: "solved" | "unsolved"
}

/** The runs of one setting, on one problem or, where `problem` is null, on all. */
export interface Group {
  readonly setting: string
  readonly problem: string | null
  readonly summary: Summary
}

export interface Analysis {
  readonly seed: number
  readonly ks: ReadonlyArray<number>
  readonly settings: ReadonlyArray<NamedSetting>
  readonly runs: ReadonlyArray<RunRow>
  /** Runs that have not ended, and tell too little to be counted. */
  readonly unfinished: ReadonlyArray<string>
  readonly groups: ReadonlyArray<Group>
  readonly comparisons: ReadonlyArray<SettingComparison>
}

export interface AnalyseOptions {
  /** The k's of pass@k. */
  readonly ks: ReadonlyArray<number>
  /** Of the bootstrap. */
  readonly seed: number
  readonly prices: Prices
}

/**
 * The metrics of some runs, by setting and by setting and problem, with every two settings compared. Runs are read one
 * after the other; what is kept of one is its figures. A run that is named twice counts once.
 */
export const analyse = (
  runs: ReadonlyArray<RunSummary>,
  { ks, seed, prices }: AnalyseOptions
): Effect.Effect<Analysis, LogFailed, RunRecords> =>
  Effect.gen(function* () {
    const records = yield* RunRecords
    const known = new Map<string, Setting>()
    const unfinished: Array<string> = []
    const measured: Array<
      Omit<RunRow, "setting" | "problem"> & { readonly key: string; readonly problem: RunRecord["problem"] }
    > = []
    const once = new Map(runs.map((run) => [run.runId, run]))
    for (const { runId, label } of [...once.values()].sort(byId)) {
      const record = yield* records.of(runId)
      const measures = record === undefined ? undefined : measure(record, prices)
      if (record === undefined || measures === undefined) {
        unfinished.push(runId)
        continue
      }
      const setting = settingOf(record)
      const key = keyOf(setting)
      known.set(key, setting)
      const status = measures.isFound ? "solved" : "unsolved"
      const { seed } = record.settings
      measured.push({ runId, label, problem: record.problem, seed, key, status, measures })
    }
    const settings = named([...known].sort(([left], [right]) => (left < right ? -1 : 1)))
    const nameOf = problemNames(measured.map(({ problem }) => problem))
    const rows = measured.map(({ key, ...run }) => ({
      ...run,
      problem: nameOf(run.problem),
      setting: settings.get(key)!.id
    }))
    const options = { ks, seed, grids: gridsFor(rows) }
    const groups = [...settings.values()].flatMap(({ id }) => {
      const own = rows.filter(({ setting }) => setting === id)
      const problems = [...new Set(own.map(({ problem }) => problem))].sort()
      return [
        ...problems.map((problem) => ({ problem, runs: own.filter((run) => run.problem === problem) })),
        { problem: null, runs: own }
      ].map(({ problem, runs }) => ({ setting: id, problem, summary: summarise(runs, options) }))
    })
    const comparisons = compareSettings(
      [...settings.values()].map(({ id }) => rows.filter(({ setting }) => setting === id)),
      seed
    )
    return {
      seed,
      ks,
      settings: [...settings.values()],
      runs: rows,
      unfinished,
      groups,
      comparisons
    }
  })

const byId = (left: RunSummary, right: RunSummary): number => (left.runId < right.runId ? -1 : 1)

/** With other numbers of cases a problem is another test; where there are such, they are part of its name. */
const problemNames = (problems: ReadonlyArray<RunRecord["problem"]>) => {
  const withCases = ({ name, cases, hidden }: RunRecord["problem"]) =>
    `${name} (${cases} and ${hidden ?? 0} hidden cases)`
  const forms = new Map<string, Set<string>>()
  for (const problem of problems) {
    const known = forms.get(problem.name) ?? new Set<string>()
    forms.set(problem.name, known.add(withCases(problem)))
  }
  return (problem: RunRecord["problem"]): string =>
    forms.get(problem.name)!.size > 1 ? withCases(problem) : problem.name
}

const named = (settings: ReadonlyArray<readonly [key: string, fields: Setting]>) => {
  const names = namesOf(settings.map(([, fields]) => fields))
  return new Map<string, NamedSetting>(
    settings.map(([key, fields], index) => [key, { id: `s${index + 1}`, name: names[index]!, fields }])
  )
}

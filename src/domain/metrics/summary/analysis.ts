import type { RunRecord } from "../run/record.ts"
import { keyOf, namesOf, type Setting } from "../setting.ts"
import type { AnalysedRun } from "./analysed.ts"
import { compareSettings, type SettingComparison } from "./compare.ts"
import { gridsFor } from "./curves.ts"
import { type Summary, summarise } from "./summarise.ts"

/** A run that has ended, with what it is grouped by. Who reads runs from elsewhere than a log makes these. */
export interface MeasuredRun extends Omit<AnalysedRun, "problem"> {
  readonly label: string | null
  readonly problem: RunRecord["problem"]
  readonly setting: Setting
}

/** A setting under which there are runs: its short id here, a name that tells it from the others, all its fields. */
export interface NamedSetting {
  readonly id: string
  readonly name: string
  readonly fields: Setting
}

/** A run in its groups. */
export interface RunRow extends AnalysedRun {
  readonly label: string | null
  /** The id of its setting. */
  readonly setting: string
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

export interface AnalysisOptions {
  /** The k's of pass@k. */
  readonly ks: ReadonlyArray<number>
  /** Of the bootstrap. */
  readonly seed: number
  /** Where curves are looked at in each decade; default 1, 2 and 5. */
  readonly digits?: ReadonlyArray<number>
}

/** The metrics of runs by setting, and by setting and problem, with every two settings compared. */
export const analysisOf = (
  measured: ReadonlyArray<MeasuredRun>,
  unfinished: ReadonlyArray<string>,
  { digits, ks, seed }: AnalysisOptions
): Analysis => {
  const settings = named(measured.map(({ setting }) => setting))
  const problemName = problemNames(measured.map(({ problem }) => problem))
  const rows = measured.map(
    (run): RunRow => ({
      ...run,
      problem: problemName(run.problem),
      setting: settings.get(keyOf(run.setting))!.id
    })
  )
  const options = { ks, seed, grids: gridsFor(rows, digits) }
  const list = [...settings.values()]
  const bySetting = list.map(({ id }) => rows.filter(({ setting }) => setting === id))
  const groups = list.flatMap(({ id }, index): ReadonlyArray<Group> => {
    const own = bySetting[index]!
    const problems = [...new Set(own.map(({ problem }) => problem))].sort()
    const group = (problem: string | null, runs: ReadonlyArray<RunRow>): Group => ({
      setting: id,
      problem,
      summary: summarise(runs, options)
    })
    return [
      ...problems.map((problem) =>
        group(
          problem,
          own.filter((run) => run.problem === problem)
        )
      ),
      group(null, own)
    ]
  })
  return {
    seed,
    ks,
    settings: list,
    runs: rows,
    unfinished,
    groups,
    comparisons: compareSettings(bySetting, seed)
  }
}

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

/** The settings by their keys, in an order that does not depend on that of the runs. */
const named = (settings: ReadonlyArray<Setting>): ReadonlyMap<string, NamedSetting> => {
  const known = new Map(settings.map((fields) => [keyOf(fields), fields]))
  const sorted = [...known].sort(([left], [right]) => (left < right ? -1 : 1))
  const names = namesOf(sorted.map(([, fields]) => fields))
  return new Map(
    sorted.map(([key, fields], index) => [key, { id: `s${index + 1}`, name: names[index]!, fields }])
  )
}

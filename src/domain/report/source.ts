import type { RunRecord } from "../metrics/run/record.ts"
import type { Analysis, Group, NamedSetting, RunRow } from "../metrics/summary/analysis.ts"
import type { Summary } from "../metrics/summary/summarise.ts"

/** The length of a program. */
export interface ProgramLength {
  /** Lines that are not empty. */
  readonly lines: number
  readonly characters: number
}

/** What is told of a run beside its figures. */
export interface ToldRun extends Pick<RunRecord, "problem" | "environment" | "ended"> {
  /** Of its best program; null where there is none, or its text was taken out of the log. */
  readonly length: ProgramLength | null
}

/** A program that solves a problem. */
export interface Solution {
  readonly runId: string
  readonly problem: string
  readonly language: string
  readonly text: string
}

/** What a source reports of one problem. */
export interface PublishedResult {
  readonly problem: string
  readonly source: string
  /** As the source has it: `60 of 100`. */
  readonly result: string
  /** Null where it is not of one language, or there is only one. */
  readonly language: string | null
}

/** All that a report is made of. */
export interface Source {
  readonly title: string
  readonly analysis: Analysis
  readonly told: ReadonlyMap<string, ToldRun>
  readonly unfinished: ReadonlyArray<{
    readonly runId: string
    readonly label: string | null
    readonly problem: string
    readonly status: string
    readonly programs: number
  }>
  /** Labels of a table's rows that have no run. */
  readonly absent: ReadonlyArray<string>
  /** Published results problem by problem, as the user has brought them. */
  readonly published: ReadonlyArray<PublishedResult>
  /** The shortest program that solves, by problem and language. */
  readonly solutions: ReadonlyArray<Solution>
}

export const lengthOf = (program: string): ProgramLength => ({
  lines: program.split("\n").filter((line) => line.trim() !== "").length,
  characters: Array.from(program).length
})

/** A setting, its place among the settings, and its figures over all its problems. */
export interface Total {
  readonly setting: NamedSetting
  readonly place: number
  readonly summary: Summary
}

/** In the order of the settings. */
export const totalsOf = ({ groups, settings }: Analysis): ReadonlyArray<Total> =>
  settings.map((setting, place) => ({
    setting,
    place,
    summary: groups.find((group) => group.setting === setting.id && group.problem === null)!.summary
  }))

/** The problems of an analysis in alphabetical order, each with its groups by the id of their setting. */
export const problemsOf = ({ groups }: Analysis) => {
  const problems = new Map<string, Map<string, Group>>()
  for (const group of groups) {
    if (group.problem === null) continue
    const known = problems.get(group.problem) ?? new Map<string, Group>()
    problems.set(group.problem, known.set(group.setting, group))
  }
  return [...problems].sort(([left], [right]) => (left < right ? -1 : 1))
}

export const runsOfSetting = ({ runs }: Analysis, setting: string): ReadonlyArray<RunRow> =>
  runs.filter((run) => run.setting === setting)

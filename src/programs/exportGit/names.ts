import { Effect } from "effect"
import { fileOf, stemOf } from "../../domain/git/branch.ts"
import type { RunId } from "../../domain/ids.ts"
import { languages } from "../../domain/language.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import { LogFailed } from "../../services/EventLog.ts"
import { LogIndex } from "../../services/LogIndex.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"

/** Where a run belongs among the published branches. */
export interface RunName {
  readonly runId: RunId
  readonly problem: string
  /** What its branch begins with. */
  readonly stem: string
  /** The how-manieth run it is of its problem, language and settings: later runs change no earlier number. */
  readonly repetition: number
  readonly file: string
}

/** The names of runs, of which those are left out that have no event yet; the oldest first. */
export const namesOf = Effect.fn("exportGit.namesOf")(function* (wanted: ReadonlySet<RunId>) {
  const all = (yield* (yield* RunCatalogue).list).toReversed()
  const kindOf = ({ language, problem }: { readonly language: string; readonly problem: string }) =>
    JSON.stringify([problem, language])
  const kinds = new Set(all.filter(({ runId }) => wanted.has(runId)).map(kindOf))
  const counts = new Map<string, number>()
  const names: Array<RunName> = []
  for (const run of all) {
    if (!kinds.has(kindOf(run))) continue
    const { dataset, problem, settings } = yield* beginningOf(run.runId)
    const stem = stemOf(dataset, settings)
    const alike = JSON.stringify([stem, kindOf(run)])
    const repetition = counts.get(alike) ?? 0
    counts.set(alike, repetition + 1)
    if (!wanted.has(run.runId)) continue
    const file = fileOf(problem, languages[settings.language].fileName)
    names.push({ runId: run.runId, problem, stem, repetition, file })
  }
  return names
})

/** What a run's branch is named by: of a fork, the problem is its first ancestor's, and the settings its own. */
const beginningOf = Effect.fn("exportGit.beginningOf")(function* (runId: RunId) {
  const index = yield* LogIndex
  const { beginnings } = yield* index.outline(runId)
  const first = beginnings[0]?.pos ?? 0
  const last = beginnings.at(-1)?.pos ?? 0
  const [started] = yield* index.between(runId, first, first)
  const [own] = last === first ? [started] : yield* index.between(runId, last, last)
  if (started?.event._tag !== "RunStarted" || own === undefined || !hasSettings(own.event)) {
    return yield* new LogFailed({ file: "", doing: "exporting a run", reason: `${runId} has no beginning` })
  }
  const { problem } = started.event
  return { dataset: problem.origin.dataset, problem: problem.name, settings: own.event.settings }
})

const hasSettings = <E extends object>(event: E): event is E & { readonly settings: SearchSettings } =>
  "settings" in event

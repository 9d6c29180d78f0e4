import type { Event } from "../../domain/events.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { Stored } from "../EventLog.ts"
import type { RunSummary } from "../RunCatalogue.ts"

/** A run's summary after one more event; the same when folded live and when rebuilt. */
export const projectRun = (
  summary: RunSummary | undefined,
  { runId, at, event }: Stored
): RunSummary | undefined => {
  if (summary !== undefined) return { ...summary, ...changeOf(summary, event) }
  if (event._tag === "RunForked") {
    const { label, parent, position, problem, settings } = event
    return begun(runId, at, label, problem, settings, { parent, position })
  }
  if (event._tag !== "RunStarted") return undefined
  return begun(runId, at, event.label, event.problem.name, event.settings)
}

const begun = (
  runId: RunSummary["runId"],
  at: number,
  label: string | null,
  problem: string,
  settings: SearchSettings,
  parent: RunSummary["parent"] = null
): RunSummary => ({
  runId,
  label,
  parent,
  problem,
  language: settings.language,
  model: settings.models.draft.name,
  status: "running",
  programs: 0,
  best: null,
  startedAt: at
})

const changeOf = (summary: RunSummary, event: Event): Partial<RunSummary> => {
  switch (event._tag) {
    case "ProgramEvaluated": {
      const { node, score, passed, total } = event
      const isBetter = summary.best === null || score > summary.best.score
      return {
        programs: summary.programs + 1,
        best: isBetter ? { node, score, passed, total } : summary.best
      }
    }
    case "SearchEnded": {
      const { node, score, passed, total } = event.best
      const inherited = event.fork?.inherited.programs ?? 0
      return { programs: event.used.programs - inherited, best: { node, score, passed, total } }
    }
    case "RunFinished":
      return { status: event.status }
    case "RunInterrupted":
      return isFinished(summary) ? {} : { status: "interrupted" }
    case "RunResumed":
      return isFinished(summary) ? {} : { status: "running" }
    default:
      return {}
  }
}

/** A process may be told to let go of a run that it finishes at the same moment. */
const isFinished = ({ status }: RunSummary): boolean => status === "solved" || status === "unsolved"

import type { Event } from "../../domain/events.ts"
import type { Stored } from "../EventLog.ts"
import type { RunSummary } from "../RunCatalogue.ts"

/** A run's summary after one more event; the same when folded live and when rebuilt. */
export const projectRun = (
  summary: RunSummary | undefined,
  { runId, at, event }: Stored
): RunSummary | undefined => {
  if (summary !== undefined) return { ...summary, ...changeOf(summary, event) }
  if (event._tag !== "RunStarted") return undefined
  return {
    runId,
    label: event.label,
    problem: event.problem.name,
    language: event.settings.language,
    model: event.settings.models.draft.name,
    status: "running",
    programs: 0,
    best: null,
    startedAt: at
  }
}

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
      return { programs: event.used.programs, best: { node, score, passed, total } }
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

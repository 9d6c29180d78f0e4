import type { Event } from "../../domain/events.ts"
import type { Stored } from "../EventLog.ts"
import type { RunSummary } from "../RunCatalogue.ts"

/** A run's summary after one more event; the same when folded live and when rebuilt. */
export const projectRun = (
  summary: RunSummary | undefined,
  { runId, at, event }: Stored
): RunSummary | undefined => {
  if (event._tag === "RunStarted") {
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
  return summary === undefined ? undefined : { ...summary, ...changeOf(summary, event) }
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
      return { status: "interrupted" }
    case "RunResumed":
      return { status: "running" }
    default:
      return {}
  }
}

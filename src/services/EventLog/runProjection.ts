import type { Event } from "../../domain/events.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { Stored } from "../EventLog.ts"
import type { Listing } from "../Projections.ts"
import type { RunSummary } from "../RunCatalogue.ts"

/** What a run's events say of it. Where it comes from is told by the lineage alone. */
export type Projection = Listing

/** A run's summary after one more event (the very same where nothing changes); the same when folded live and when rebuilt. */
export const projectRun = (
  summary: Projection | undefined,
  { runId, at, event }: Pick<Stored, "runId" | "at" | "event">
): Projection | undefined => {
  if (summary !== undefined) {
    const change = changeOf(summary, event)
    return change === unchanged ? summary : { ...summary, ...change }
  }
  if (event._tag === "RunForked") {
    const { label, problem, settings } = event
    return begun(runId, at, label, problem, settings)
  }
  if (event._tag !== "RunStarted") return undefined
  return begun(runId, at, event.label, event.problem.name, event.settings)
}

const begun = (
  runId: RunSummary["runId"],
  at: number,
  label: string | null,
  problem: string,
  settings: SearchSettings
): Projection => ({
  runId,
  label,
  problem,
  language: settings.language,
  model: settings.models.draft.name,
  status: "running",
  programs: 0,
  best: null,
  startedAt: at
})

const unchanged: Partial<Projection> = {}

const changeOf = (summary: Projection, event: Event): Partial<Projection> => {
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
      return isFinished(summary) ? unchanged : { status: "interrupted" }
    case "RunResumed":
      return isFinished(summary) ? unchanged : { status: "running" }
    default:
      return unchanged
  }
}

/** A process may be told to let go of a run that it finishes at the same moment. */
const isFinished = ({ status }: Projection): boolean => status === "solved" || status === "unsolved"

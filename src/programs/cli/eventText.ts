import type { Event } from "../../domain/events.ts"

/** An event in a few words; not made harmless yet. */
export const eventText = (event: Event): string => `${event._tag}${aboutOf(event)}`

const aboutOf = (event: Event): string => {
  switch (event._tag) {
    case "RunStarted":
      return ` ${event.problem.name} ${event.settings.language} ${event.settings.models.draft.name}`
    case "RunForked":
      return ` ${event.problem} of ${event.parent} after ${event.position}`
    case "CompletionRequested":
      return ` ${event.place} ${event.role} attempt ${event.attempt} at temperature ${event.request.temperature}`
    case "CompletionReceived":
      return ` ${event.place} ${event.finishReason} in ${Math.round(event.latencyMs)} ms`
    case "CompletionFailed":
      return ` ${event.place} ${event.reason}`
    case "ProgramWritten":
      return ` ${event.node} ${event.program?.slice(0, 12) ?? `no program: ${event.reason}`}`
    case "ProgramEvaluated":
      return ` ${event.node} score ${event.score.toFixed(3)}, ${event.passed}/${event.total} (${event.source})`
    case "GenerationRanked":
      return ` ${event.generation}: ${event.survivors.join(" ")}`
    case "InstructionWritten":
      return ` ${event.instruction} (${event.source})`
    case "SearchEnded":
      return ` ${event.status} ${event.best.node} ${event.digest}`
    case "HiddenScored":
      return ` ${event.node} ${event.passed}/${event.total}`
    case "RunFinished":
      return ` ${event.status}`
    case "RunResumed":
      return ` epoch ${event.epoch}`
    case "RunInterrupted":
      return ` by ${event.by}: ${event.reason}`
  }
}

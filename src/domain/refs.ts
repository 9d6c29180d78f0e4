import type { Event, Ref } from "./events.ts"

/** The texts that an event names: without them it cannot be understood. */
export const refsIn = (event: Event): ReadonlyArray<Ref> => {
  switch (event._tag) {
    case "RunStarted":
      return present(event.problem.document, event.hidden?.document, event.start)
    case "CompletionRequested":
      return [...event.request.system, ...event.request.user]
    case "CompletionReceived":
      return [event.answer]
    case "ProgramWritten":
      return present(event.program)
    case "ProgramEvaluated":
      return present(event.program, event.details)
    case "InstructionWritten":
      return [event.text]
    case "SearchEnded":
      return present(event.best.program)
    case "RunForked":
    case "CompletionFailed":
    case "GenerationRanked":
    case "HiddenScored":
    case "RunFinished":
    case "RunResumed":
    case "RunInterrupted":
      return []
  }
}

/**
 * Those of them that can be taken out of a log, with the hashes left in the events: prompts, answers, programs and
 * outputs, but not what a run is about.
 */
export const redactableIn = (event: Event): ReadonlyArray<Ref> =>
  event._tag === "RunStarted" ? present(event.start) : refsIn(event)

const present = (...refs: ReadonlyArray<Ref | null | undefined>): ReadonlyArray<Ref> =>
  refs.filter((ref) => ref !== null && ref !== undefined)

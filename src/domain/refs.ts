import type { Event, Ref } from "./events.ts"
import { sha256 } from "./hash.ts"

/**
 * The name of a text in the log, its SHA-256. Prompts repeat their parts, and a text is named by who writes of it and again
 * by who stores it: the short ones of late are remembered.
 */
export const refOf = (text: string): Ref => {
  if (text.length > longestRemembered) return sha256(text)
  const known = remembered.get(text)
  if (known !== undefined) return known
  const ref = sha256(text)
  if (remembered.size >= mostRemembered) remembered.clear()
  remembered.set(text, ref)
  return ref
}

const remembered = new Map<string, Ref>()
const mostRemembered = 512
const longestRemembered = 4_096

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

import type { Event } from "../../domain/events.ts"
import type { Search } from "../../domain/search/state.ts"
import type { Stored } from "../../services/EventLog.ts"

/** What a replay keeps besides the search: which calls are under way, and whether a process drives the run. */
export interface Course {
  /** Why an event cannot stand here, whatever it says; undefined when it can. */
  readonly faultOf: (event: Event, search: Search) => string | undefined
  /** The position of the last request of a call; undefined where it is not known any more. */
  readonly askedAt: (callKey: string) => number | undefined
  /** Takes in an event. */
  readonly passed: (stored: Stored) => void
}

export const makeCourse = (): Course => {
  const asked = new Map<string, number>()
  const underWay = new Set<string>()
  let isFinished = false
  let isLeft = false
  return {
    faultOf: (event, search) => {
      switch (event._tag) {
        case "RunForked":
        case "RunInterrupted":
          return undefined
        case "RunResumed":
          return isFinished ? "the run has finished" : undefined
        case "CompletionRequested":
          if (underWay.has(event.callKey)) return `the attempt before it for ${event.place} has not ended`
          break
        default:
          break
      }
      if (isLeft) return "nobody has taken up the run since it was interrupted"
      if (isFinished) return "the run has finished"
      return search.ended !== undefined && isOfSearch(event) ? "the search has ended" : undefined
    },
    askedAt: (callKey) => asked.get(callKey),
    passed: ({ event, pos }) => {
      switch (event._tag) {
        case "CompletionRequested":
          asked.set(event.callKey, pos)
          underWay.add(event.callKey)
          break
        case "CompletionReceived":
        case "CompletionFailed":
          underWay.delete(event.callKey)
          break
        case "RunInterrupted":
          // Who stops a run whose process has died may write after somebody has taken it up.
          isLeft = event.by !== "stop"
          break
        case "RunFinished":
          isFinished = true
          break
        case "RunForked":
        case "RunResumed":
          isFinished = false
          isLeft = false
          underWay.clear()
          break
        case "GenerationRanked":
          asked.clear()
          underWay.clear()
          break
        default:
          break
      }
    }
  }
}

const isOfSearch = ({ _tag }: Event): boolean =>
  _tag !== "HiddenScored" && _tag !== "RunFinished" && _tag !== "RunStarted"

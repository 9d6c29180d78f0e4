import { Effect } from "effect"
import type { Event } from "../../domain/events.ts"
import { printableLine } from "../../domain/printable.ts"
import type { RunState, Search } from "../../domain/search/state.ts"
import { tally } from "../../domain/search/tally.ts"
import { durationText } from "../../domain/units.ts"
import { elapsedMs } from "../../services/elapsed.ts"
import type { Observer } from "../drive.ts"
import type { Screen } from "./Screen.ts"

/** Shows a search as it goes: on a terminal one line that changes, elsewhere one line per change. */
export const progress = (screen: typeof Screen.Service): Effect.Effect<Observer> =>
  Effect.map(elapsedMs, (started) => {
    return ({ event }, state) =>
      Effect.gen(function* () {
        if (state._tag === "NotStarted") return
        const milestone = milestoneOf(event, state.search)
        if (milestone !== undefined) yield* screen.note(screen.paint("dim", milestone))
        const elapsed = (yield* elapsedMs) - started
        const line = statusLine(state, elapsed)
        if (screen.isTerminal) yield* screen.status(line)
        else if (changesStatus(event)) yield* screen.note(line)
      })
  })

const changesStatus = (event: Event): boolean =>
  event._tag === "ProgramEvaluated" || event._tag === "InstructionWritten"

/** Programs made, generation, best score, cases passed, model calls, tokens, budget left. */
const statusLine = (state: Exclude<RunState, { _tag: "NotStarted" }>, elapsed: number): string => {
  const { search } = state
  const { best, settings } = search
  const programs = search.judgedCount
  const { calls, tokens } = tally(search)
  const parts = [
    `${programs} program${programs === 1 ? "" : "s"}`,
    `generation ${search.generation}`,
    best === undefined
      ? "nothing judged yet"
      : `best ${best.score.toFixed(3)} (${best.passed}/${best.total} cases) at ${best.node}`,
    `${search.used.calls + calls} calls`,
    `${search.used.tokens.in + tokens.in}+${search.used.tokens.out + tokens.out} tokens`,
    `${Math.max(0, settings.maxPrograms - programs)} left`,
    durationText(elapsed)
  ]
  return parts.join(" · ")
}

/** What deserves a line of its own that stays. */
const milestoneOf = (event: Event, search: Search): string | undefined => {
  switch (event._tag) {
    case "GenerationRanked":
      return `generation ${event.generation}: survivors ${event.survivors.join(", ")}`
    case "CompletionFailed":
      // Any other failure ends the command, which says so itself.
      return event.error === "ModelUnavailable"
        ? `${event.place}: attempt ${event.attempt} brought no answer: ${printableLine(event.reason)}`
        : undefined
    case "SearchEnded":
      return search.hidden === null
        ? `${event.status} after ${event.used.programs} programs`
        : `${event.status} after ${event.used.programs} programs; scoring ${event.best.node} on ${search.hidden.cases} hidden cases`
    default:
      return undefined
  }
}

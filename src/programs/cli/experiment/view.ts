import { Clock, Effect, Exit } from "effect"
import { durationText } from "../../../domain/units.ts"
import type { RowOutcome } from "../../experiment/experiment.ts"
import { endingOf } from "../failure.ts"
import type { Screen } from "../Screen.ts"
import type { ChosenRow } from "./chosenRows.ts"

/**
 * How far a whole table is: rows done, solved, failing, rate, time left. On a terminal it is one line that changes, of which
 * a narrow one cuts the end: a thousand rows fit into 80 columns up to the time that is left.
 */
export const tableView = (screen: typeof Screen.Service, total: number) =>
  Effect.gen(function* () {
    const started = yield* Clock.currentTimeMillis
    let ended = 0
    let made = 0
    let solved = 0
    let failing = 0
    let programs = 0
    const line = Effect.map(Clock.currentTimeMillis, (now) => {
      const elapsed = now - started
      const left = made === 0 ? undefined : (elapsed / made) * (total - ended)
      return [
        `${ended} of ${total} rows`,
        `${solved} solved`,
        `${failing} failing`,
        ...(made === 0 ? [] : [`${((made / Math.max(1, elapsed)) * 60_000).toFixed(1)} rows/min`]),
        left === undefined || ended === total ? durationText(elapsed) : `${durationText(left)} left`,
        `${programs} program${programs === 1 ? "" : "s"}`
      ].join(" · ")
    })
    const show = screen.isTerminal ? Effect.flatMap(line, screen.status) : Effect.void
    yield* show
    return {
      /** A program was judged somewhere. */
      judged: Effect.suspend(() => {
        programs += 1
        return show
      }),
      ended: (row: ChosenRow, outcome: RowOutcome) =>
        Effect.gen(function* () {
          ended += 1
          if (outcome._tag === "Failed") failing += 1
          else {
            if (outcome.how !== "done") made += 1
            if (outcome.result.status === "solved") solved += 1
          }
          if (outcome._tag === "Failed" || !screen.isTerminal) {
            yield* screen.note(`${row.taskId}: ${endOf(outcome)}`)
          }
          if (screen.isTerminal) yield* show
          else yield* screen.note(screen.paint("dim", yield* line))
        })
    }
  })

const endOf = (outcome: RowOutcome): string => {
  if (outcome._tag === "Failed") return `failed: ${reasonOf(outcome.error)}`
  const { how, result } = outcome
  const { best, hidden, programs, status } = result
  const scores = hidden === null ? "" : `, ${hidden.passed} of ${hidden.total} hidden`
  const past = how === "done" ? ", run before" : how === "resumed" ? ", resumed" : ""
  return `${status} after ${programs} programs (${best.passed} of ${best.total} validation cases${scores}${past})`
}

/** What a failure says as the end of a command. */
export const reasonOf = (error: unknown): string => endingOf(Exit.fail(error)).message ?? "it was interrupted"

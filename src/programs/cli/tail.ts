import { DateTime, Effect, Schedule, Stream } from "effect"
import type { Event } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import { printableLine } from "../../domain/printable.ts"
import { EventLog, type Stored } from "../../services/EventLog.ts"
import { Leases } from "../../services/Leases.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { command } from "./command.ts"
import { database, json, run } from "./options.ts"
import { withReader } from "./reader.ts"
import { Screen } from "./Screen.ts"

/** How often the log is looked at for more. */
const pause = "200 millis"

export const tailCommand = command(
  { name: "tail", about: "show the events of a run as they come, until it ends or nobody drives it" },
  { run, database, json },
  (flags) =>
    withReader(
      flags,
      Effect.gen(function* () {
        const screen = yield* Screen
        const { runId } = yield* (yield* RunCatalogue).find(flags.run)
        let position = 0
        let isOver = false
        const show = (stored: Stored) =>
          Effect.gen(function* () {
            position = stored.pos + 1
            if (stored.event._tag === "RunFinished") isOver = true
            if (flags.json)
              yield* screen.json({ pos: stored.pos, at: iso(stored), cause: stored.cause, ...stored.event })
            else yield* screen.print(lineOf(stored))
          })
        const look = Effect.gen(function* () {
          const log = yield* EventLog
          // Looked at before reading: what a holder wrote before it let go is read after that.
          const isHeld = yield* isAlive(runId)
          yield* Stream.runForEach(
            Stream.suspend(() => log.read(runId, position)),
            show
          )
          return isOver || !isHeld
        })
        yield* Effect.repeat(look, { schedule: Schedule.spaced(pause), until: (done) => done })
      })
    )
)

const isAlive = (runId: RunId) => Effect.flatMap(Leases, (leases) => leases.isHeld(runId))

const iso = ({ at }: Stored): string => DateTime.formatIso(DateTime.unsafeMake(at))

const lineOf = (stored: Stored): string =>
  printableLine(
    `${String(stored.pos).padStart(5)}  ${iso(stored).slice(11, 23)}  ${stored.event._tag}${aboutOf(stored.event)}`
  )

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

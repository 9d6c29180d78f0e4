import { DateTime, Effect, Schedule, Stream } from "effect"
import type { RunId } from "../../domain/ids.ts"
import { printableLine } from "../../domain/printable.ts"
import { EventLog, type Stored } from "../../services/EventLog.ts"
import { Leases } from "../../services/Leases.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { command } from "./command.ts"
import { eventText } from "./eventText.ts"
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
  printableLine(`${String(stored.pos).padStart(5)}  ${iso(stored).slice(11, 23)}  ${eventText(stored.event)}`)

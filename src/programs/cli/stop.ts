import { Effect, Option, Schedule } from "effect"
import { EventLog } from "../../services/EventLog.ts"
import { Leases } from "../../services/Leases.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { configurationFrom } from "../configuration.ts"
import { layerLog } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { database, json, run } from "./options.ts"
import { requireLog } from "./reader.ts"
import { resumeAdvice } from "./resumable.ts"
import { Screen } from "./Screen.ts"

/** How long the process that drives the run has to let go. */
const patience = Schedule.spaced("100 millis").pipe(Schedule.upTo("10 seconds"))

export const stopCommand = command(
  { name: "stop", about: "ask the process that drives a run to let go of it; it can be resumed" },
  { run, database, json },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      yield* requireLog(configuration)
      yield* Effect.gen(function* () {
        const leases = yield* Leases
        const catalogue = yield* RunCatalogue
        const log = yield* EventLog
        const { runId, status } = yield* catalogue.find(flags.run)
        const say = (status: string, what: string) =>
          flags.json ? screen.json({ runId, status }) : screen.note(`run ${runId} ${what}`)
        const advice = resumeAdvice(runId, flags.database)
        if (status === "interrupted") return yield* say(status, `is not running; ${advice}`)
        if (status !== "running") return yield* say(status, `is over: ${status}`)
        if (yield* leases.requestStop(runId)) {
          yield* Effect.repeat(leases.isHeld(runId), {
            schedule: patience,
            while: (held) => held
          })
          const after = yield* catalogue.find(runId)
          if (after.status === "solved" || after.status === "unsolved") {
            return yield* say(after.status, `came to its end meanwhile: ${after.status}`)
          }
          return after.status === "interrupted"
            ? yield* say(after.status, `was told to stop; ${advice}`)
            : yield* say(after.status, "was told to stop, and has not let go yet")
        }
        // Its process has died without a word: the log is told what became of it.
        yield* log.append(
          runId,
          [{ event: { _tag: "RunInterrupted", by: "stop", reason: "its process had died" }, cause: null }],
          []
        )
        yield* say("interrupted", `had no process any more; ${advice}`)
      }).pipe(Effect.provide(layerLog(configuration)))
    })
)

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
        const found = yield* (yield* RunCatalogue).find(flags.run)
        const { runId } = found
        if (found.status !== "running")
          return yield* say(screen, flags.json, runId, found.status, "was not running")
        if (yield* leases.requestStop(runId)) {
          const isHeld = yield* Effect.repeat(leases.isHeld(runId), {
            schedule: patience,
            while: (held) => held
          })
          void isHeld
          return yield* say(screen, flags.json, runId, "interrupted", "was told to stop")
        }
        // Its process has died without a word: the log is told what became of it.
        const log = yield* EventLog
        yield* log.append(
          runId,
          [{ event: { _tag: "RunInterrupted", by: "stop", reason: "its process had died" }, cause: null }],
          []
        )
        yield* say(screen, flags.json, runId, "interrupted", "had no process any more")
      }).pipe(Effect.provide(layerLog(configuration)))
    })
)

const say = (screen: typeof Screen.Service, isJson: boolean, runId: string, status: string, what: string) =>
  isJson
    ? screen.json({ runId, status })
    : screen.note(`run ${runId} ${what}; \`seidr resume ${runId}\` goes on with it`)

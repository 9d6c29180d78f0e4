import { Effect } from "effect"
import { LogImport } from "../../services/LogImport.ts"
import { configurationFrom } from "../configuration.ts"
import { layerImport } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { argumentsOf, json, requiredFlag, text } from "./options.ts"
import { showTakenOver } from "./takenOver.ts"

export const mergeCommand = command(
  {
    name: "merge",
    about: "take all runs of some logs over into another one; all of them, or nothing",
    refuses: { db: "the logs are its arguments, and --into names the one that they go to" }
  },
  {
    logs: argumentsOf("LOG", "logs to take over; they are only read", true),
    into: requiredFlag("into", "FILE", text, "the log that they go to; it is made when it is not there"),
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const configuration = yield* configurationFrom(environment, { database: flags.into })
      const runs = yield* Effect.flatMap(LogImport, (log) => log.fromLogs(flags.logs)).pipe(
        Effect.provide(layerImport(configuration))
      )
      yield* showTakenOver(configuration.database, runs, flags.json)
    })
)

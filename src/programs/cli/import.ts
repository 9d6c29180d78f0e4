import { Effect, Option } from "effect"
import { LogImport } from "../../services/LogImport.ts"
import { configurationFrom } from "../configuration.ts"
import { layerImport } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { argument, database, json } from "./options.ts"
import { showTakenOver } from "./takenOver.ts"

export const importCommand = command(
  { name: "import", about: "take the runs of an archive over into a log; all of them, or nothing" },
  { archive: argument("FILE", "an archive, as `seidr export` writes it"), database, json },
  (flags) =>
    Effect.gen(function* () {
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      const runs = yield* Effect.flatMap(LogImport, (log) => log.fromArchive(flags.archive)).pipe(
        Effect.provide(layerImport(configuration))
      )
      yield* showTakenOver(configuration.database, runs, flags.json)
    })
)

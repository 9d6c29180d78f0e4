import { Effect, Option } from "effect"
import { sizeText } from "../../domain/units.ts"
import { LogBackup } from "../../services/LogBackup.ts"
import { configurationFrom } from "../configuration.ts"
import { layerBackup } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { argument, database, json, toggle } from "./options.ts"
import { Screen } from "./Screen.ts"

export const backupCommand = command(
  { name: "backup", about: "copy a log, also while it is written, and check the copy" },
  {
    file: argument("FILE", "where the copy shall stand"),
    force: toggle("force", "replace the log that is there"),
    database,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      const copy = yield* Effect.flatMap(LogBackup, ({ backup }) =>
        backup(flags.file, flags.force, ({ pages, of }) =>
          screen.status(`copying: ${Math.floor((100 * pages) / of)} %`)
        )
      ).pipe(Effect.provide(layerBackup(configuration)))
      const { file, bytes, runs, events } = copy
      if (flags.json) return yield* screen.json({ file, bytes, runs, events })
      yield* screen.print(`backup: ${file}, ${runs} runs, ${events} events, ${sizeText(bytes)}`)
    })
)

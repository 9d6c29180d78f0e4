import { Effect, Option } from "effect"
import { LogExport } from "../../services/LogExport.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { configurationFrom } from "../configuration.ts"
import { layerExport } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { argumentsOf, database, json, requiredFlag, text } from "./options.ts"
import { Screen } from "./Screen.ts"

export const exportCommand = command(
  { name: "export", about: "write runs, with all that they descend from, to one file" },
  {
    runs: argumentsOf("RUN", "runs, by id, prefix of the id, or label; default all", false),
    out: requiredFlag("out", "FILE", text, "the archive; it must not be there yet"),
    database,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      const exported = yield* Effect.gen(function* () {
        const catalogue = yield* RunCatalogue
        const runs = yield* Effect.forEach(flags.runs, (name) =>
          Effect.map(catalogue.find(name), ({ runId }) => runId)
        )
        return yield* (yield* LogExport).archive(runs.length === 0 ? undefined : runs, flags.out)
      }).pipe(Effect.provide(layerExport(configuration)))
      const { heads, events, texts, bytes } = exported
      if (flags.json) return yield* screen.json({ file: flags.out, ...exported })
      for (const { run, pos, hash } of heads) yield* screen.print(`${run}  ${pos}:${hash}`)
      yield* screen.print(
        `${flags.out}: ${heads.length} runs, ${events} events, ${texts} texts, ${bytes} bytes`
      )
    })
)

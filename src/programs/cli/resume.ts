import { Duration, Effect, Option } from "effect"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { layer } from "../layers.ts"
import { resume } from "../resume.ts"
import { command } from "./command.ts"
import { or, run } from "./options.ts"
import { progress } from "./progress.ts"
import { requireLog } from "./reader.ts"
import { checkWritable } from "./readProgram.ts"
import { resumable } from "./resumable.ts"
import { Screen } from "./Screen.ts"
import { searchOptions } from "./searchOptions.ts"
import { conclude, configurationOf, machineOptions } from "./solve.ts"

export const resumeCommand = command(
  { name: "resume", about: "go on with a run that was left", exits: "0 solved, 1 not solved" },
  {
    run,
    maxOutage: searchOptions.maxOutageMs,
    ...machineOptions
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationOf(flags)
      const out = Option.getOrUndefined(flags.out)
      if (out !== undefined) yield* checkWritable("out", out)
      yield* requireLog(configuration)
      const observe = yield* progress(screen)
      let began: string | undefined
      const result = yield* Effect.gen(function* () {
        const { runId } = yield* (yield* RunCatalogue).find(flags.run)
        began = runId
        yield* screen.note(screen.paint("dim", `run ${runId}`))
        return yield* resume(runId, Duration.millis(or(flags.maxOutage, 20_000)), observe)
      }).pipe(
        Effect.provide(layer(configuration)),
        resumable(flags.database, () => began)
      )
      yield* conclude(result, { out, isJson: flags.json, database: flags.database })
    })
)

import { Args, Command } from "@effect/cli"
import { Duration, Effect, Option } from "effect"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { layerOutside, layerRuns } from "../layers.ts"
import { resume } from "../resume.ts"
import { duration, flag, or } from "./options.ts"
import { progress } from "./progress.ts"
import { Screen } from "./Screen.ts"
import { conclude, configurationOf, machineOptions } from "./solve.ts"

/** A run by its id, a unique prefix of it, or its label. */
export const run = Args.text({ name: "run" }).pipe(
  Args.withDescription("A run: its id, a unique prefix of the id, or its label")
)

export const resumeCommand = Command.make(
  "resume",
  {
    run,
    maxOutage: flag(
      "max-outage",
      duration,
      "How long an endpoint may fail before the run lets go; default 20s"
    ),
    ...machineOptions
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationOf(flags)
      const observe = yield* progress(screen)
      const result = yield* Effect.gen(function* () {
        const { runId } = yield* (yield* RunCatalogue).find(flags.run)
        yield* screen.note(screen.paint("dim", `run ${runId}`))
        return yield* resume(runId, Duration.millis(or(flags.maxOutage, 20_000)), observe)
      }).pipe(Effect.provide(layerRuns(configuration)), Effect.provide(layerOutside(configuration)))
      yield* conclude(result, { out: Option.getOrUndefined(flags.out), isJson: flags.json })
    })
).pipe(Command.withDescription("Go on with a run that was left"))

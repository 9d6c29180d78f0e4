import { Duration, Effect } from "effect"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { resume } from "../resume.ts"
import { command } from "./command.ts"
import { continuing } from "./continuing.ts"
import { or, run, trustChangedCritic, trustCritic, trustOf } from "./options.ts"
import { Screen } from "./Screen.ts"
import { searchOptions } from "./searchOptions.ts"
import { machineOptions } from "./solve.ts"

export const resumeCommand = command(
  { name: "resume", about: "go on with a run that was left", exits: "0 solved, 1 not solved" },
  {
    run,
    maxOutage: searchOptions.maxOutageMs,
    trustCritic,
    trustChangedCritic,
    ...machineOptions
  },
  (flags) =>
    continuing(flags, (observe, began) =>
      Effect.gen(function* () {
        const screen = yield* Screen
        const { runId } = yield* (yield* RunCatalogue).find(flags.run)
        began(runId)
        yield* screen.note(screen.paint("dim", `run ${runId}`))
        const maxOutage = Duration.millis(or(flags.maxOutage, 20_000))
        return yield* resume(runId, maxOutage, observe, trustOf(flags))
      })
    )
)

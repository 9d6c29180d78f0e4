import { Effect } from "effect"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { replay } from "../replay/replay.ts"
import { command } from "./command.ts"
import { Concluded, exitStatus } from "./failure.ts"
import { database, json, run } from "./options.ts"
import { withReader } from "./reader.ts"
import { Screen } from "./Screen.ts"

export const replayCommand = command(
  {
    name: "replay",
    about: "re-derive a run's decisions from its recorded answers, and compare",
    exits: "0 identical, 1 diverged"
  },
  { run, database, json },
  (flags) =>
    withReader(
      flags,
      Effect.gen(function* () {
        const screen = yield* Screen
        const { runId } = yield* (yield* RunCatalogue).find(flags.run)
        const { events, divergence, unchecked, redacted } = yield* replay(runId)
        if (flags.json) {
          yield* screen.json({
            runId,
            identical: divergence === undefined,
            events,
            unchecked,
            redacted,
            divergence: divergence ?? null
          })
        } else if (divergence === undefined) {
          yield* screen.print(`identical: ${events} events follow from what was recorded before them`)
          if (unchecked.length > 0) {
            yield* screen.print(
              `not checked, since this version has other ones: the texts made by its ${unchecked.join(" and ")}`
            )
          }
          if (redacted.length > 0) {
            yield* screen.print(
              `not checked, since texts were taken out of the log: ${redacted.length} events, the first at position ${redacted[0]!.pos}`
            )
          }
        } else {
          const { pos, recorded, derived, reason } = divergence
          yield* screen.print(`diverged at position ${pos}: ${reason}`)
          yield* screen.print(`recorded ${JSON.stringify(recorded)}`)
          yield* screen.print(`derived  ${JSON.stringify(derived)}`)
        }
        if (divergence !== undefined) return yield* Effect.fail(new Concluded(exitStatus.notAll))
      })
    )
)

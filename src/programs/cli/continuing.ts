import { Effect, Option } from "effect"
import type { RunId } from "../../domain/ids.ts"
import type { Observer } from "../drive.ts"
import { layer } from "../layers.ts"
import type { SolveResult } from "../solve/result.ts"
import { progress } from "./progress.ts"
import { requireLog } from "./reader.ts"
import { checkWritable } from "./readProgram.ts"
import { resumable } from "./resumable.ts"
import { Screen } from "./Screen.ts"
import { conclude, configurationOf, type MachineFlags } from "./solve.ts"

/**
 * What `resume` and `fork` share: goes on with what is in a log that has to be there, and ends as `solve` does. `go` is
 * given who observes the run, and says by `began` which run it is.
 */
export const continuing = <E, R>(
  flags: MachineFlags & {
    readonly out: Option.Option<string>
    readonly database: Option.Option<string>
    readonly json: boolean
  },
  go: (observe: Observer, began: (runId: RunId) => void) => Effect.Effect<SolveResult, E, R>
) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const configuration = yield* configurationOf(flags)
    const out = Option.getOrUndefined(flags.out)
    if (out !== undefined) yield* checkWritable("out", out)
    yield* requireLog(configuration)
    const observe = yield* progress(screen)
    let run: RunId | undefined
    const result = yield* go(observe, (runId) => {
      run = runId
    }).pipe(
      Effect.provide(layer(configuration)),
      resumable(flags.database, () => run)
    )
    yield* conclude(result, { out, isJson: flags.json, database: flags.database })
  })

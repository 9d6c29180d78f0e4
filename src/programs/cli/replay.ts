import { Effect, Either, Option } from "effect"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { configurationFrom } from "../configuration.ts"
import { type Spelled, spelled } from "../fork/point.ts"
import { layerLogReader, layerSandbox } from "../layers.ts"
import { executeAgain } from "../replay/executeAgain.ts"
import { positionOf } from "../replay/point.ts"
import { replay } from "../replay/replay.ts"
import { standingOf } from "../replay/standing.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { Concluded, exitStatus } from "./failure.ts"
import { database, flag, json, run, toggle, trustCritic, unconfined } from "./options.ts"
import { executionText, replayText } from "./replayText.ts"
import { Screen } from "./Screen.ts"

type Until = Exclude<Spelled, { readonly kind: "generation" }>

const until = (value: string): Either.Either<Until, string> => {
  const point = spelled(value)
  return point === undefined || point.kind === "generation"
    ? Either.left("a node such as d3.e0.r1, or a position such as 120")
    : Either.right(point)
}

export const replayCommand = command(
  {
    name: "replay",
    about: "re-derive a run's decisions from its recorded answers, and compare",
    exits: "0 identical, 1 diverged or judged otherwise now"
  },
  {
    run,
    until: flag("until", "POINT", until, "stop after this position, or after the verdict on this node"),
    execute: toggle("execute", "run the programs again too, and list the verdicts that have changed"),
    trustCritic,
    unconfined,
    database,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database),
        unconfined: flags.unconfined,
        noCache: true
      })
      yield* Effect.gen(function* () {
        const { runId } = yield* (yield* RunCatalogue).find(flags.run)
        const last = Option.isSome(flags.until) ? yield* positionOf(runId, flags.until.value) : undefined
        const replayed = yield* replay(runId, last)
        const { divergence, events, redacted, unchecked, state } = replayed
        const execution = flags.execute
          ? yield* executeAgain(
              runId,
              last ?? Number.POSITIVE_INFINITY,
              configuration.executions,
              (done, all) => screen.status(`${done} of ${all} programs run again`),
              flags.trustCritic ? "trusted" : "refused"
            ).pipe(Effect.provide(layerSandbox(configuration)))
          : undefined
        if (flags.json) {
          yield* screen.json({
            runId,
            identical: divergence === undefined,
            finished: state._tag === "Finished",
            until: last ?? null,
            events,
            unchecked,
            redacted,
            standing: standingOf(state),
            divergence: divergence ?? null,
            execution: execution ?? null
          })
        } else {
          for (const line of replayText(screen, replayed, last)) yield* screen.print(line)
          if (execution !== undefined) {
            for (const line of executionText(screen, execution)) yield* screen.print(line)
          }
        }
        if (execution !== undefined && execution.failed.length > 0) {
          return yield* Effect.fail(new Concluded(exitStatus.infrastructure))
        }
        if (divergence !== undefined || (execution?.changed.length ?? 0) > 0) {
          return yield* Effect.fail(new Concluded(exitStatus.notAll))
        }
      }).pipe(Effect.provide(layerLogReader(configuration)))
    })
)

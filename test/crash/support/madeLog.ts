import Database from "better-sqlite3"
import { Duration, Effect, Layer } from "effect"
import type { RunId } from "../../../src/domain/ids.ts"
import { fork } from "../../../src/programs/fork/fork.ts"
import { layerAudit, layerLogReader } from "../../../src/programs/layers.ts"
import { type Expected, verify } from "../../../src/programs/verify/verify.ts"
import type { EventLog } from "../../../src/services/EventLog.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"

const settings = { ...published, maxPrograms: 14, drafts: 3, explanations: 1, repairs: 2, beamWidth: 2 }
const oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }

/** Writes a run and a fork of it into a log, and then does something while the log is still open. */
export const withRuns = <A>(
  database: string,
  seed: number,
  whileOpen: () => A,
  between?: Layer.Layer<EventLog, never, EventLog>
) =>
  Effect.gen(function* () {
    const { result: parent } = yield* solveAndReplay(
      preparedIn({ settings: { ...settings, seed }, oracle: { ...oracle, seed } })
    )
    const child = yield* fork(
      {
        parent: parent.runId,
        at: { kind: "generation", generation: 0 },
        overrides: { maxPrograms: 4, ranking: { kind: "lexicase" } },
        answers: "adopt",
        label: undefined,
        maxOutage: Duration.zero
      },
      () => Effect.void,
      () => Effect.void
    )
    return { parent: parent.runId, child: child.runId, found: whileOpen() }
  }).pipe(
    Effect.provide(
      searching({
        database,
        model: oracleModel({ ...oracle, seed }),
        ...(between === undefined ? {} : { between })
      })
    )
  )

/** Brings everything into the one file. */
export const checkpoint = (database: string): void => {
  const file = new Database(database)
  file.pragma("wal_checkpoint(TRUNCATE)")
  file.close()
}

export const verified = (database: string, only?: RunId, expected?: Expected) =>
  Effect.provide(verify(only, expected), Layer.merge(layerLogReader({ database }), layerAudit({ database })))

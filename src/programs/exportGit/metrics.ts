import { Effect } from "effect"
import type { RunId } from "../../domain/ids.ts"

/** Where the metrics of a run are, as its commits say it. */
export type MetricsOf = (runId: RunId) => Effect.Effect<string>

/** By a command on the log; the same wherever and whenever it is asked for. */
export const metricsInLog: MetricsOf = (runId) => Effect.succeed(`seidr analyse ${runId}`)

/** By an address where one is known by now, else in the log. */
export const metricsAt =
  (addressOf: (runId: RunId) => Effect.Effect<string | undefined>): MetricsOf =>
  (runId) =>
    Effect.flatMap(addressOf(runId), (address) =>
      address === undefined ? metricsInLog(runId) : Effect.succeed(address)
    )

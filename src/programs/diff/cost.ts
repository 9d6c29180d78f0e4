import { Effect, Stream } from "effect"
import type { RunId } from "../../domain/ids.ts"
import type { Prices } from "../../domain/metrics/modelCost.ts"
import { modelBills } from "../../domain/metrics/run/modelBills.ts"
import { recorder } from "../../domain/metrics/run/recorder.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"

/** What a run has paid itself, surplus included, in the currency of the prices. */
export interface Cost {
  /** Null where it is not known of every model. */
  readonly cost: number | null
  /** The models of which it is not known: they have no price, or their server counted no tokens. */
  readonly uncosted: ReadonlyArray<string>
}

export const costOfRun = (runId: RunId, prices: Prices): Effect.Effect<Cost, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const gathered = recorder()
    yield* Stream.runForEachChunk((yield* EventLog).read(runId), (page) =>
      Effect.sync(() => {
        for (const { at, event, runId: owner } of page) gathered.take({ at, event, isOwn: owner === runId })
      })
    )
    const record = gathered.record()
    const bills = record === undefined ? [] : modelBills(record, Number.POSITIVE_INFINITY, prices)
    // What took no tokens cost nothing, whatever they cost: answers of a tape, or adopted ones alone.
    const costs = bills.map(({ model, cost, tokens, uncounted }) => ({
      model,
      cost: cost ?? (uncounted === 0 && tokens.in + tokens.out === 0 ? 0 : null)
    }))
    const uncosted = costs.filter(({ cost }) => cost === null).map(({ model }) => model)
    const sum = costs.reduce((all, { cost }) => all + (cost ?? 0), 0)
    return { cost: uncosted.length === 0 ? sum : null, uncosted }
  })

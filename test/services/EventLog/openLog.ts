import { Context, Effect, Layer } from "effect"
import { LogFile, layerWriter } from "../../../src/services/EventLog/sqlite/connect.ts"
import type { Ask } from "../../../src/services/EventLog/sqlite/connection.ts"
import { layerEventLog } from "../../../src/services/EventLog/sqlite/eventLog.ts"
import { atOnce } from "../../../src/services/EventLog/sqlite/failure.ts"
import { layerLeases } from "../../../src/services/EventLog/sqlite/leases.ts"
import { layerRunCatalogue } from "../../../src/services/EventLog/sqlite/summaries.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import { Leases } from "../../../src/services/Leases.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"

/** A log and the connections under it, until the scope closes; opened twice, it is as if by two processes. */
export const openLog = (file: string) =>
  Effect.gen(function* () {
    const layer = Layer.mergeAll(layerEventLog, layerRunCatalogue, layerLeases)
    const context = yield* Layer.build(Layer.provideMerge(layer, layerWriter(file)))
    const { reader, writer } = Context.get(context, LogFile)
    return {
      log: Context.get(context, EventLog),
      catalogue: Context.get(context, RunCatalogue),
      leases: Context.get(context, Leases),
      reader,
      writer: { unsafe: asEffect(writer!.connection.ask) }
    }
  })

const asEffect =
  (ask: Ask) =>
  <Row extends object = object>(statement: string, parameters: ReadonlyArray<unknown> = []) =>
    atOnce(() => ask<Row>(statement, parameters))

import { Effect, Layer } from "effect"
import { LogFailed } from "../../EventLog.ts"
import { Projections } from "../../Projections.ts"
import { EventForms } from "../EventForms.ts"
import { LogFile } from "./connect.ts"
import { whileBusy } from "./failure.ts"
import { foldRuns, relist } from "./rebuild.ts"
import { type Run, transact } from "./transaction.ts"

const doing = "rebuilding its projections"

/**
 * Most of the events are folded before the transaction, so that it keeps other writers waiting for what came meanwhile
 * and for the writing only. It is safe beside runs that are driven: every commit changes events and projection
 * together, this one stands before or after it, and a writer looks at its runs' heads anew when another process has
 * committed.
 */
export const layerProjections = Layer.effect(
  Projections,
  Effect.gen(function* () {
    const { file, reader, writer } = yield* LogFile
    const forms = yield* EventForms
    const ask: Run = (statement, parameters = []) => reader.unsafe(statement, parameters)
    return {
      rebuild: Effect.gen(function* () {
        if (writer === undefined) {
          return yield* new LogFailed({ file, doing, reason: "it was opened for reading only" })
        }
        const before = yield* whileBusy(file, doing, foldRuns(ask, forms, new Map()))
        const rebuilding = transact(writer.sql, (run) =>
          Effect.flatMap(foldRuns(run, forms, before), (folds) => relist(run, folds))
        )
        return yield* whileBusy(file, doing, rebuilding)
      })
    }
  })
)

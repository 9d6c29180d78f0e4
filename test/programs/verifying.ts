import { Effect, Layer } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import { layerAudit, layerLogReader } from "../../src/programs/layers.ts"
import { type Expected, verify } from "../../src/programs/verify/verify.ts"

/** What `verify` finds in a log, or in one run of it. */
export const verified = (database: string, only?: RunId, expected?: Expected) =>
  Effect.provide(verify(only, expected), Layer.merge(layerLogReader({ database }), layerAudit({ database })))

import { Clock, Context, Effect, Layer, Random } from "effect"
import type { RunId } from "../domain/ids.ts"

/** Makes the names of runs: the only place where an id is made up. */
export class RunIds extends Context.Tag("seidr/RunIds")<RunIds, { readonly next: Effect.Effect<RunId> }>() {}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** ULIDs: 48 bits of time in ms, then 80 random bits, in Crockford's base 32; they sort by time. */
export const layer: Layer.Layer<RunIds> = Layer.succeed(RunIds, {
  next: Effect.gen(function* () {
    let time = yield* Clock.currentTimeMillis
    let text = ""
    for (let digit = 0; digit < 10; digit++) {
      text = alphabet[time % 32]! + text
      time = Math.floor(time / 32)
    }
    for (let digit = 0; digit < 16; digit++) text += alphabet[yield* Random.nextIntBetween(0, 32)]!
    return text as RunId
  })
})

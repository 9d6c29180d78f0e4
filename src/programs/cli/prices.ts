import { Effect, Option } from "effect"
import { readPrices } from "../analyse/prices.ts"
import { flag, text } from "./options.ts"
import { FileUnusable } from "./readProgram.ts"

export const pricesFlag = flag(
  "prices",
  "FILE",
  text,
  "what models cost: YAML or JSON, by model in and out per million tokens"
)

/** The prices of the file that the flag names; none without it. */
export const pricesIn = Effect.fn("pricesIn")(function* (given: Option.Option<string>) {
  if (Option.isNone(given)) return new Map<never, never>()
  return yield* Effect.mapError(
    readPrices(given.value),
    (reason) => new FileUnusable({ flag: "prices", file: given.value, reason })
  )
})

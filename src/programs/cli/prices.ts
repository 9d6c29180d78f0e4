import type { FileSystem } from "@effect/platform"
import { Effect, Option } from "effect"
import type { Prices } from "../../domain/metrics/modelCost.ts"
import { readPrices } from "../analyse/prices.ts"
import { flag, text } from "./options.ts"
import { FileUnusable } from "./readProgram.ts"

/** What tokens cost is not in a log: who wants to know what a run cost says it. */
export const pricesFlag = flag(
  "prices",
  "FILE",
  text,
  "what models cost: YAML or JSON, by model in and out per million tokens"
)

/** The prices in the file; none without one. */
export const pricesIn = (
  file: Option.Option<string>
): Effect.Effect<Prices, FileUnusable, FileSystem.FileSystem> =>
  Option.match(file, {
    onNone: () => Effect.succeed(new Map()),
    onSome: (name) =>
      Effect.mapError(readPrices(name), (reason) => new FileUnusable({ flag: "prices", file: name, reason }))
  })

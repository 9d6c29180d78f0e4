import { FileSystem } from "@effect/platform"
import { Effect, Either } from "effect"
import { entryOf, foundAt, type Located, quoted } from "../../domain/located.ts"
import type { Price, Prices } from "../../domain/metrics/modelCost.ts"
import { readText } from "../../services/ProblemSource/readText.ts"
import { readYaml } from "../../services/ProblemSource/readYaml.ts"

const mostBytes = 2 ** 20

/** Prices by model from a YAML or JSON file. Fails with what is wrong with it, by line and field. */
export const readPrices = (file: string): Effect.Effect<Prices, string, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const text = yield* readText(yield* FileSystem.FileSystem, file, mostBytes)
    return yield* pricesFrom(text)
  })

/** The same from a text such as `openai:gpt-4o-mini: { in: 0.15, out: 0.6 }`. */
export const pricesFrom = (text: string): Either.Either<Prices, string> =>
  Either.gen(function* () {
    const root = yield* Either.mapLeft(readYaml(text), ([fault]) => `line ${fault!.line}: ${fault!.text}`)
    if (root._tag !== "Mapping") {
      return yield* Either.left(
        `line ${root.line}: found ${foundAt(root)}, expected models with their prices`
      )
    }
    const prices = new Map<string, Price>()
    for (const { key, value } of root.entries) {
      if (value._tag !== "Mapping") {
        return yield* wrong(value.line, quoted(key), foundAt(value), "in and out, each a price")
      }
      const unknown = value.entries.find((entry) => entry.key !== "in" && entry.key !== "out")
      if (unknown !== undefined) {
        return yield* wrong(unknown.line, quoted(key), `the field ${quoted(unknown.key)}`, "in and out alone")
      }
      prices.set(key, { in: yield* amountIn(key, "in", value), out: yield* amountIn(key, "out", value) })
    }
    return prices
  })

const amountIn = (model: string, field: "in" | "out", price: Located): Either.Either<number, string> => {
  const entry = entryOf(price, field)
  const name = `${quoted(model)}.${field}`
  if (entry === undefined) return wrong(price.line, name, "nothing", "the price of a million tokens")
  const { value } = entry
  if (value._tag === "Scalar" && typeof value.value === "number") {
    if (Number.isFinite(value.value) && value.value >= 0) return Either.right(value.value)
  }
  return wrong(entry.line, name, foundAt(value), "the price of a million tokens, a number from 0 on")
}

const wrong = (line: number, field: string, found: string, expected: string) =>
  Either.left(`line ${line}: ${field}: found ${found}, expected ${expected}`)

import type { Usage } from "../completion.ts"

/** What a model costs for a million tokens that it reads and that it writes, in any currency. */
export interface Price {
  readonly in: number
  readonly out: number
}

/** By the model's name as settings have it: `openai:gpt-4o-mini`. */
export type Prices = ReadonlyMap<string, Price>

/**
 * The price of some tokens, in the currency of the prices: (in · price.in + out · price.out) / 10⁶. Null where the model
 * has no price or its server counted no tokens: an unknown cost is not 0.
 */
export const costOf = (model: string, usage: Usage | null, prices: Prices): number | null => {
  const price = prices.get(model)
  if (price === undefined || usage === null) return null
  return (usage.in * price.in + usage.out * price.out) / 1_000_000
}

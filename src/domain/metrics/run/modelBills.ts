import { addUsage, noUsage, type Usage } from "../../completion.ts"
import { costOf, type Prices } from "../modelCost.ts"
import type { RunRecord } from "./record.ts"

/** What a run itself asked of one model, surplus included; what it inherited or adopted was paid for elsewhere. */
export interface ModelBill {
  readonly model: string
  readonly calls: number
  /** Calls whose answers lie beyond the stopping index. */
  readonly surplus: number
  /** Answers taken from ancestors; they are not in `calls`. */
  readonly adopted: number
  /** Attempts that brought no answer. */
  readonly failed: number
  /** As far as they were counted. */
  readonly tokens: Usage
  /** Calls of which the server counted no tokens. */
  readonly uncounted: number
  /** Null where the model has no price, or tokens were not counted. */
  readonly cost: number | null
}

/** The bills of a run by model, in order of name. */
export const modelBills = (
  { calls, failed }: Pick<RunRecord, "calls" | "failed">,
  stop: number,
  prices: Prices
): ReadonlyArray<ModelBill> => {
  const bills = new Map<string, ModelBill>()
  const billOf = (model: string): ModelBill =>
    bills.get(model) ?? {
      model,
      calls: 0,
      surplus: 0,
      adopted: 0,
      failed: failed.get(model) ?? 0,
      tokens: noUsage,
      uncounted: 0,
      cost: prices.has(model) ? 0 : null
    }
  for (const model of failed.keys()) bills.set(model, billOf(model))
  for (const { model, index, usage, isAdopted, isOwn } of calls) {
    if (!isOwn) continue
    const bill = billOf(model)
    if (isAdopted) {
      bills.set(model, { ...bill, adopted: bill.adopted + 1 })
      continue
    }
    const cost = costOf(model, usage, prices)
    bills.set(model, {
      ...bill,
      calls: bill.calls + 1,
      surplus: bill.surplus + (index > stop ? 1 : 0),
      tokens: usage === null ? bill.tokens : addUsage(bill.tokens, usage),
      uncounted: bill.uncounted + (usage === null ? 1 : 0),
      cost: bill.cost === null || cost === null ? null : bill.cost + cost
    })
  }
  return [...bills.values()].sort((left, right) => (left.model < right.model ? -1 : 1))
}

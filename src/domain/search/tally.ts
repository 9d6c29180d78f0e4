import { HashMap } from "effect"
import { addUsage, noUsage } from "../completion.ts"
import { addTapeUse, nothingTaped, useOf } from "../tape/taped.ts"
import type { Call, Search, Used } from "./state.ts"

/** Answered calls of the current generation for indices in a range, and their tokens as far as they were counted. */
export const tally = (search: Search, upTo = Number.POSITIVE_INFINITY, from = 0): Used => {
  let calls = 0
  let tokens = noUsage
  let adopted: Used["adopted"] = { calls: 0, tokens: noUsage }
  let tape = nothingTaped
  for (const call of HashMap.values(search.calls)) {
    if (call.answer === undefined || call.index > upTo || call.index < from) continue
    calls += 1
    if (call.usage !== null) tokens = addUsage(tokens, call.usage)
    if (call.isAdopted) adopted = addCall(adopted, call)
    if (call.tape !== undefined) tape = addTapeUse(tape, useOf(call.tape, call.wasMissing))
  }
  return { calls, tokens, adopted, tape }
}

export const nothingUsed: Used = {
  calls: 0,
  tokens: noUsage,
  adopted: { calls: 0, tokens: noUsage },
  tape: nothingTaped
}

export const addUsed = (left: Used, right: Used): Used => ({
  calls: left.calls + right.calls,
  tokens: addUsage(left.tokens, right.tokens),
  adopted: {
    calls: left.adopted.calls + right.adopted.calls,
    tokens: addUsage(left.adopted.tokens, right.adopted.tokens)
  },
  tape: addTapeUse(left.tape, right.tape)
})

const addCall = (sum: Used["adopted"], { usage }: Call): Used["adopted"] => ({
  calls: sum.calls + 1,
  tokens: usage === null ? sum.tokens : addUsage(sum.tokens, usage)
})

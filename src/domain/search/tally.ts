import { HashMap } from "effect"
import { addUsage, noUsage } from "../completion.ts"
import type { Search, Used } from "./state.ts"

/** Answered calls of the current generation for indices in a range, and their tokens as far as they were counted. */
export const tally = (search: Search, upTo = Number.POSITIVE_INFINITY, from = 0): Used => {
  let calls = 0
  let tokens = noUsage
  for (const call of HashMap.values(search.calls)) {
    if (call.answer === undefined || call.index > upTo || call.index < from) continue
    calls += 1
    if (call.usage !== null) tokens = addUsage(tokens, call.usage)
  }
  return { calls, tokens }
}

import { addWork, isNothingOpen, pruneBeyond } from "./open.ts"
import type { Search } from "./state.ts"
import { concludingStep } from "./steps.ts"

/**
 * A search in which something has been done: nothing beyond its stopping index is open any more, and where nothing
 * at all is, the generation is ranked or the search ended. Every place without a verdict has a step in `open`, its own
 * or that of its instruction; so when nothing up to the stopping index is open, everything up to it is in.
 */
export const settle = (search: Search, pos: number): Search => {
  const { stopIndex } = search
  const open = stopIndex === undefined ? search.open : pruneBeyond(search.open, stopIndex)
  return { ...search, open: isNothingOpen(open) ? addWork(open, [concludingStep(search, pos)]) : open }
}

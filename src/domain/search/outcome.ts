import { HashMap } from "effect"
import type { SearchEnded } from "../events.ts"
import { nothingTaped, type TapeUse, tapeUseBeyond } from "../tape/taped.ts"
import { digestOf } from "./digest.ts"
import type { Search, Used } from "./state.ts"
import { addUsed, tally } from "./tally.ts"

/** What `SearchEnded` has to say of a search in which nothing is left to do; undefined when no program is judged. */
export const outcomeOf = (search: Search): SearchEnded | undefined => {
  const { best } = search
  if (best === undefined) return undefined
  const upTo = search.stopIndex ?? search.first + search.size - 1
  const status = best.total > 0 && best.passed === best.total ? "solved" : "unsolved"
  const all = addUsed(search.used, tally(search, upTo))
  const inherited = search.fork?.inherited
  const beyond = tally(search, Number.POSITIVE_INFINITY, upTo + 1)
  let surplusPrograms = 0
  for (const { index } of HashMap.values(search.members)) if (index > upTo) surplusPrograms += 1
  return {
    _tag: "SearchEnded",
    status,
    generations: search.generation + 1,
    best,
    used: {
      programs: inherited === undefined ? upTo + 1 : inherited.programs + upTo + 1 - inherited.next,
      calls: all.calls,
      tokens: all.tokens
    },
    surplus: { programs: surplusPrograms, calls: beyond.calls, tokens: beyond.tokens },
    digest: digestOf(search, upTo, status, best),
    ...(inherited === undefined
      ? {}
      : {
          fork: {
            inherited: {
              programs: inherited.programs,
              calls: inherited.calls,
              tokens: inherited.tokens
            },
            adopted: adoptedBeyond(all.adopted, inherited.adopted)
          }
        }),
    ...tapeOf(tapeUseBeyond(all.tape, inherited?.tape ?? nothingTaped))
  }
}

/** What a fork's own events have adopted: its parent may be a fork that has adopted answers itself. */
const adoptedBeyond = (all: Used["adopted"], inherited: Used["adopted"]): Used["adopted"] => ({
  calls: all.calls - inherited.calls,
  tokens: { in: all.tokens.in - inherited.tokens.in, out: all.tokens.out - inherited.tokens.out }
})

const tapeOf = (tape: TapeUse): Pick<SearchEnded, "tape"> =>
  tape.exact + tape.sameRequest + tape.resampled + tape.asked === 0 ? {} : { tape }

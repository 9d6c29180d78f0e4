import { PCGRandom } from "effect/Utils"
import { hashOf } from "./hash.ts"

/** A deterministic source of numbers. It is local to one purpose and place: nothing shares a generator. */
export interface Random {
  /** A number in [0, 1). */
  readonly number: () => number
  /** An integer from `min` to `max`, both included. */
  readonly integer: (min: number, max: number) => number
  /** True with probability `p`. */
  readonly chance: (p: number) => boolean
  /** One item of a list that is not empty. */
  readonly pick: <A>(items: ReadonlyArray<A>) => A
  /** A new array with the same items in random order (Fisher and Yates). */
  readonly shuffle: <A>(items: ReadonlyArray<A>) => Array<A>
}

/** The generator for `H(seed, purpose, place…)`. */
export const randomFor = (
  seed: number | string,
  purpose: string,
  ...place: ReadonlyArray<string | number>
): Random => {
  const hash = hashOf(seed, purpose, ...place)
  const word = (index: number) => Number.parseInt(hash.slice(index * 8, index * 8 + 8), 16)
  const source = new PCGRandom(word(0), word(1), word(2), word(3))
  const integer = (min: number, max: number) => min + Math.floor(source.number() * (max - min + 1))
  return {
    number: () => source.number(),
    integer,
    chance: (p) => source.number() < p,
    pick: (items) => {
      if (items.length === 0) throw new RangeError("pick: the list is empty")
      return items[integer(0, items.length - 1)]!
    },
    shuffle: (items) => {
      const result = [...items]
      for (let last = result.length - 1; last > 0; last--) {
        const other = integer(0, last)
        const item = result[last]!
        result[last] = result[other]!
        result[other] = item
      }
      return result
    }
  }
}

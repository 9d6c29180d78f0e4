import type { Random } from "../random.ts"

/** `length` values, each drawn on its own. */
export const times = <A>(length: number, draw: (index: number) => A): ReadonlyArray<A> =>
  Array.from({ length }, (_, index) => draw(index))

/** A number from `min` to `max` with at most `places` decimals. */
export const decimal = (random: Random, min: number, max: number, places: number): number =>
  Math.min(max, Math.max(min, Number((min + random.number() * (max - min)).toFixed(places))))

/** A text of `length` characters, each one of `alphabet`. */
export const textOver = (random: Random, alphabet: string, length: number): string =>
  times(length, () => alphabet[random.integer(0, alphabet.length - 1)]).join("")

export const lowerCase = "abcdefghijklmnopqrstuvwxyz"

/** The printable characters of ASCII, from the space to the tilde. */
export const printable = String.fromCharCode(...times(95, (index) => 32 + index))

import { beginning } from "../cut.ts"
import { printableLine } from "../printable.ts"

/** Values to be read one after the other, and how far that may go: what a program gives may be of any size and form. */
export interface Reader {
  /** Values that may still be read. */
  left: number
  /** Whether there was more than is read, so that what came of it is a beginning only. */
  isCut: boolean
  /** Whether an ellipsis stands for that. */
  isTold: boolean
  /** Whether something was no value. */
  isBroken: boolean
}

export const longest = 300
const mostValues = 5_000
const deepest = 100

export const newReader = (): Reader => ({ left: mostValues, isCut: false, isTold: false, isBroken: false })

/** Whether one more value may be read, at such a depth. */
export const mayRead = (reader: Reader, depth: number): boolean => {
  if (depth > deepest || reader.left <= 0) reader.isCut = true
  reader.left -= 1
  return !reader.isCut && !reader.isBroken
}

export const broken = (reader: Reader): string => {
  reader.isBroken = true
  return ""
}

/** So many values in brackets, each read by `next`; beyond what may be read there is an ellipsis. */
export const listText = (
  reader: Reader,
  [open, close]: readonly [string, string],
  count: number,
  next: () => string
): string => {
  const parts = readMany(reader, count, next)
  return `${open}${told(reader, parts).join(", ")}${close}`
}

/**
 * The same for values that have no order, or whose runtime draws it by lot: they are sorted, numbers by what they are. A
 * beginning of them would be another one each time.
 */
export const sortedText = (reader: Reader, count: number, next: () => string): string => {
  const parts = readMany(reader, count, next)
  if (!reader.isCut) return `{${[...parts].sort(inOrder).join(", ")}}`
  reader.isTold = true
  return "{…}"
}

/** The parts, and an ellipsis for what was cut, if none stands for it. */
export const told = (reader: Reader, parts: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (!reader.isCut || reader.isTold) return parts
  reader.isTold = true
  return [...parts, "…"]
}

const readMany = (reader: Reader, count: number, next: () => string): ReadonlyArray<string> => {
  const parts: Array<string> = []
  for (let index = 0; index < count && !reader.isCut && !reader.isBroken; index++) {
    const part = next()
    if (!reader.isCut || part !== "") parts.push(part)
  }
  return parts
}

const isNumber = /^-?\d/

const inOrder = (left: string, right: string): number => {
  const difference =
    isNumber.test(left) && isNumber.test(right) ? Number.parseFloat(left) - Number.parseFloat(right) : 0
  return difference !== 0 ? difference : left < right ? -1 : left > right ? 1 : 0
}

export const textText = (text: string): string =>
  printableLine(JSON.stringify(text.length > longest ? `${beginning(text, longest)}…` : text))

/** A text that is not to be longer than what is shown of a value. */
export const cutText = (text: string): string =>
  text.length > longest ? `${beginning(text, longest)}…` : text

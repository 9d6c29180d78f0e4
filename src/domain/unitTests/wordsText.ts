import { beginning } from "../cut.ts"
import {
  broken,
  cutText,
  listText,
  longest,
  mayRead,
  newReader,
  sortedText,
  textText,
  told
} from "./plainText.ts"

/**
 * What values in words say, for people: `L2 i1 i2` is `[1, 2]`. C++, Java, Go and Rust write values so: each word is a letter
 * for what it is, and more. Undefined where it is no values.
 */
export const wordsText = (line: string): string | undefined => {
  const reader = newReader()
  let at = 0
  const word = (): string => {
    if (at >= line.length) return ""
    const end = line.indexOf(" ", at)
    const found = line.slice(at, end === -1 ? line.length : end)
    at = end === -1 ? line.length : end + 1
    return found
  }
  const value = (depth: number): string => {
    if (!mayRead(reader, depth)) return ""
    const found = word()
    const rest = found.slice(1)
    const next = () => value(depth + 1)
    const count = (text = rest): number => {
      if (!/^\d{1,15}$/.test(text)) reader.isBroken = true
      return Number(text)
    }
    switch (found[0]) {
      case "n":
        return "null"
      case "E":
        return "None"
      case "i":
      case "l":
      case "h":
      case "y":
      case "I":
        return /^-?\d+$/.test(rest) ? cutText(rest) : broken(reader)
      case "b":
        return rest === "true" || rest === "false" ? rest : broken(reader)
      case "d":
      case "f":
        return numberText(rest, found[0] === "f") ?? broken(reader)
      case "c":
        return characterText(rest) ?? broken(reader)
      case "s":
        return textText(new TextDecoder().decode(bytesOf(rest)))
      case "u":
        return textText(unitsOf(rest))
      case "O":
      case "W":
        return next()
      case "L":
        return listText(reader, ["[", "]"], count(), next)
      case "T":
        return listText(reader, ["(", ")"], count(), next)
      case "A": {
        // An array of Java's: its kind, and how many there are.
        return listText(reader, ["[", "]"], count(word().slice(1)), next)
      }
      case "S":
        return sortedText(reader, count(), next)
      case "M":
        return sortedText(reader, count(), () => {
          const key = next()
          return `${key}: ${next()}`
        })
      case "V": {
        const [, fields = "", name = ""] = /^\d+\.(\d+)\.(\w+)$/.exec(rest) ?? []
        return fields === "0" ? name : listText(reader, [`${name}(`, ")"], count(fields), next)
      }
      default:
        return broken(reader)
    }
  }
  const values: Array<string> = []
  while (at < line.length && !reader.isCut && !reader.isBroken) values.push(value(0))
  const shown = told(
    reader,
    values.filter((one) => one !== "")
  )
  return reader.isBroken ? undefined : shown.join(", ")
}

/** Of a number in single precision, no more digits than tell it from others of its kind. */
const numberText = (text: string, isSingle: boolean): string | undefined => {
  if (/^[+-]?nan$/i.test(text)) return "NaN"
  if (/^[+-]?inf/i.test(text)) return text.startsWith("-") ? "-Infinity" : "Infinity"
  if (!/^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(text)) return undefined
  const number = Number(text)
  const digits = Array.from({ length: 9 }, (_, index) => index + 1).find(
    (count) => Math.fround(Number(number.toPrecision(count))) === Math.fround(number)
  )
  const shown = isSingle && digits !== undefined ? Number(number.toPrecision(digits)) : number
  return Object.is(shown, -0) ? "-0" : String(shown)
}

const characterText = (code: string): string | undefined => {
  if (!/^-?\d{1,7}$/.test(code)) return undefined
  const point = Number(code)
  // A `char` of C++ is a byte.
  return point >= 0 && point <= 0x10ffff ? textText(String.fromCodePoint(point)) : code
}

/** As many as are shown: none of the values that a character takes more than four bytes. */
const bytesOf = (digits: string): Uint8Array =>
  Uint8Array.from(beginning(digits, 8 * (longest + 1)).match(/../g) ?? [], (two) => Number.parseInt(two, 16))

const unitsOf = (digits: string): string =>
  (beginning(digits, 4 * (longest + 2)).match(/.{4}/g) ?? [])
    .map((four) => String.fromCharCode(Number.parseInt(four, 16)))
    .join("")

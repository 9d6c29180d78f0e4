import { Option, Schema } from "effect"
import { beginning } from "../cut.ts"
import { broken, listText, longest, mayRead, newReader, sortedText, textText } from "./plainText.ts"

/** What a value of JavaScript's in tagged JSON says, for people. Undefined where it is no value. */
export const jsonText = (json: string): string | undefined => {
  const reader = newReader()
  const value = (given: unknown, depth: number): string => {
    if (!mayRead(reader, depth)) return ""
    if (typeof given === "string") return textText(given)
    if (given === null || typeof given !== "object") return Object.is(given, -0) ? "-0" : String(given)
    if (!Array.isArray(given)) return broken(reader)
    const [tag, content]: ReadonlyArray<unknown> = given
    switch (tag) {
      case "number":
      case "bigint":
        return typeof content === "string" && /^-?(?:\d+|NaN|Infinity)$/.test(content)
          ? beginning(content, longest)
          : broken(reader)
      case "undefined":
        return "undefined"
      case "array":
        return each(content, (all, next) =>
          listText(reader, ["[", "]"], all.length, () => value(next(), depth + 1))
        )
      case "set":
        return each(content, (all, next) => sortedText(reader, all.length, () => value(next(), depth + 1)))
      case "map":
        return each(content, (all, next) => sortedText(reader, all.length, () => pair(next(), depth)))
      case "object":
        return each(content, (all, next) =>
          listText(reader, ["{", "}"], all.length, () => pair(next(), depth))
        )
      default:
        return broken(reader)
    }
  }
  const pair = (given: unknown, depth: number): string =>
    Array.isArray(given) && given.length === 2
      ? `${value(given[0], depth + 1)}: ${value(given[1], depth + 1)}`
      : broken(reader)
  const each = (
    content: unknown,
    text: (all: ReadonlyArray<unknown>, next: () => unknown) => string
  ): string => {
    if (!Array.isArray(content)) return broken(reader)
    const all = content.values()
    return text(content, () => all.next().value)
  }
  const parsed = decode(json)
  if (Option.isNone(parsed)) return undefined
  const shown = value(parsed.value, 0)
  return reader.isBroken ? undefined : shown
}

const decode = Schema.decodeUnknownOption(Schema.parseJson(Schema.Unknown))

import { Either } from "effect"
import { type Entry, type Fault, type Located, quoted } from "../../domain/located.ts"

const maxDepth = 50

/** Ends the reading at its first fault: after it, the rest of a text is guesswork. */
class NotJson extends Error {}

/**
 * Reads JSON into values with their lines. `readYaml` could read JSON too; this takes a small part of its time and
 * memory, so that large files can be written as JSON.
 */
export const readJson = (text: string): Either.Either<Located, ReadonlyArray<Fault>> => {
  let at = 0
  let line = 1
  let lineStart = 0

  const fail = (reason: string): never => {
    throw new NotJson(`${reason} (column ${at - lineStart + 1})`)
  }

  /** The next character that is no blank, "" at the end. */
  const peek = (): string => {
    for (; at < text.length; at++) {
      const character = text[at]!
      if (character === "\n") {
        line += 1
        lineStart = at + 1
      } else if (character !== " " && character !== "\t" && character !== "\r") return character
    }
    return ""
  }

  const found = (): string => {
    const character = peek()
    return character === "" ? "the end of the file" : quoted(String.fromCodePoint(text.codePointAt(at)!))
  }

  const expect = (character: string, place: string): void => {
    if (peek() !== character) fail(`this is not JSON: expected ${place}, found ${found()}`)
    at += 1
  }

  const string = (): string => {
    const start = at
    for (at += 1; text[at] !== '"'; at += text[at] === "\\" ? 2 : 1) {
      if (at >= text.length || text[at]! < " ") {
        at = start
        fail("this is not JSON: the text that begins here does not end on its line")
      }
    }
    at += 1
    try {
      return JSON.parse(text.slice(start, at)) as string
    } catch {
      at = start
      return fail("this is not JSON: a backslash in this text begins no escape")
    }
  }

  const word = (): Located => {
    const pattern = /[\w.+-]+/y
    pattern.lastIndex = at
    const [source = ""] = pattern.exec(text) ?? []
    const constant = constants.get(source)
    if (constant === undefined && !/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(source)) {
      fail(`this is not JSON: expected a value, found ${source === "" ? found() : quoted(source)}`)
    }
    at += source.length
    return { _tag: "Scalar", value: constant === undefined ? Number(source) : constant, text: source, line }
  }

  /** The members of a list or mapping, whose opening bracket is next. */
  const members = <A>(close: string, member: () => A): ReadonlyArray<A> => {
    const all: Array<A> = []
    at += 1
    if (peek() !== close) {
      for (all.push(member()); peek() === ","; all.push(member())) at += 1
    }
    expect(close, `, or ${close}`)
    return all
  }

  const mapping = (depth: number): Located => {
    const start = line
    const seen = new Map<string, number>()
    const entries = members("}", (): Entry => {
      if (peek() !== '"') fail(`this is not JSON: expected a field's name in double quotes, found ${found()}`)
      const keyLine = line
      const column = at
      const key = string()
      const before = seen.get(key)
      if (before !== undefined) {
        at = column
        fail(`the field ${quoted(key)} is here again, after line ${before}`)
      }
      seen.set(key, keyLine)
      expect(":", "a colon")
      return { key, line: keyLine, value: value(depth + 1) }
    })
    return { _tag: "Mapping", entries, line: start }
  }

  const value = (depth: number): Located => {
    if (depth > maxDepth) fail(`values are nested more than ${maxDepth} deep`)
    const next = peek()
    const start = line
    if (next === "{") return mapping(depth)
    if (next === "[") return { _tag: "List", items: members("]", () => value(depth + 1)), line: start }
    if (next !== '"') return word()
    const content = string()
    return { _tag: "Scalar", value: content, text: content, line: start }
  }

  const document = (): Located => {
    if (peek() === "") fail("the file is empty")
    const root = value(0)
    if (peek() !== "") fail(`this is not JSON: the value is complete, then there is ${found()}`)
    return root
  }

  return Either.try({
    try: document,
    catch: (error) => {
      if (error instanceof NotJson) return [{ line, text: error.message }]
      throw error
    }
  })
}

const constants: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null]
])

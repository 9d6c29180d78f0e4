import type { TaskLanguage } from "../language.ts"

/**
 * Whether every bracket, string and comment that is opened is closed again, in order. A program that was cut off, or that
 * has prose in it, seldom is. One pass; not a parser: it serves to choose between blocks, not to refuse one.
 */
export const wellClosed = (program: string, language: TaskLanguage): boolean => {
  const expected: Array<string> = []
  let at = 0
  while (at < program.length) {
    if (isPlain(program.charCodeAt(at), language)) {
      at += 1
      continue
    }
    const character = program[at]!
    const span = openers[language].has(character)
      ? spans[language].find(({ open }) => program.startsWith(open, at))
      : undefined
    if (span !== undefined) {
      const end = endOf(program, at + span.open.length, span)
      if (end === undefined) return false
      at = end
      continue
    }
    const closer = closerOf[character]
    if (closer !== undefined) expected.push(closer)
    else if ((character === ")" || character === "]" || character === "}") && expected.pop() !== character) {
      return false
    }
    at += 1
  }
  return expected.length === 0
}

const closerOf: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" }

/** A stretch of text in which brackets mean nothing. */
interface Span {
  readonly open: string
  readonly close: string
  /** Whether a backslash takes its meaning from the next character. */
  readonly escapes: boolean
  /** What an end of line does to it, where it may not span lines. */
  readonly atLineEnd?: "closes" | "breaks"
}

const quoted = (mark: string): Span => ({ open: mark, close: mark, escapes: true, atLineEnd: "breaks" })

/** The longer openings come first. */
const spans: Readonly<Record<TaskLanguage, ReadonlyArray<Span>>> = {
  python: [
    { open: '"""', close: '"""', escapes: true },
    { open: "'''", close: "'''", escapes: true },
    quoted('"'),
    quoted("'"),
    { open: "#", close: "\n", escapes: false, atLineEnd: "closes" }
  ],
  cpp: [
    { open: "//", close: "\n", escapes: false, atLineEnd: "closes" },
    { open: "/*", close: "*/", escapes: false },
    { open: 'R"(', close: ')"', escapes: false },
    quoted('"'),
    quoted("'")
  ]
}

const openersOf = (language: TaskLanguage): ReadonlySet<string> =>
  new Set(spans[language].map(({ open }) => open[0]!))

/** What a span may begin with: few characters have to be looked at twice. */
const openers: Readonly<Record<TaskLanguage, ReadonlySet<string>>> = {
  python: openersOf("python"),
  cpp: openersOf("cpp")
}

/** Characters of ASCII that open or close something: most of a program does neither. */
const meaningOf = (language: TaskLanguage): Uint8Array => {
  const meaning = new Uint8Array(128)
  for (const character of [..."()[]{}", ...openers[language]]) meaning[character.charCodeAt(0)] = 1
  return meaning
}

const meanings: Readonly<Record<TaskLanguage, Uint8Array>> = {
  python: meaningOf("python"),
  cpp: meaningOf("cpp")
}

const isPlain = (code: number, language: TaskLanguage): boolean =>
  code > 127 || meanings[language][code] === 0

const digitOrLetter = /[0-9a-fA-F]/

const backslash = "\\".charCodeAt(0)
const lineEnd = "\n".charCodeAt(0)

/** The place after a span that has begun; undefined if it never ends. */
const endOf = (program: string, from: number, span: Span): number | undefined => {
  // 1'000'000: a mark between digits parts them and opens nothing.
  if (span.open === "'" && digitOrLetter.test(program[from] ?? "") && /\d/.test(program[from - 2] ?? ""))
    return from
  const last = span.close.charCodeAt(0)
  for (let at = from; at < program.length; at++) {
    const code = program.charCodeAt(at)
    if (span.escapes && code === backslash) at += 1
    else if (code === last && program.startsWith(span.close, at)) return at + span.close.length
    else if (code === lineEnd && span.atLineEnd === "breaks") return undefined
  }
  return span.atLineEnd === "closes" ? program.length : undefined
}

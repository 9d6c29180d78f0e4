import { closingOf } from "./definitions.ts"
import { masked, type Syntax } from "./masked.ts"
import { ours } from "./sides.ts"

/** What keeps which of a test's checks did not hold first, and how many calls there had been by then. */
export const javaHonest: string = `class $${ours}Honest {
  static java.lang.String wrong;
  static int line, call;
  static java.lang.Boolean holds(java.lang.String text, int at, java.lang.Boolean is) {
    if (is != null && !is && wrong == null) { wrong = text; line = at; call = $${ours}Line.calls; }
    return is;
  }
}`

/**
 * A test whose checks have their own texts, and the lines they stand on: those of a list of truths, which are all made before
 * one is looked at, and the conditions for which it throws.
 */
export const withTexts = (test: string, syntax: Syntax): string => {
  const code = masked(test, syntax)
  const checks = [...code.matchAll(lists)].flatMap(({ 0: text, index }) => {
    const open = index + text.length - 1
    return partsOf(test, code, open + 1, closingOf(code, open) - 1)
  })
  const wrapped = checks.map(({ end, start }) => {
    const line = code.slice(0, start).split("\n").length
    return {
      start,
      end,
      text: `$${ours}Honest.holds(${quoted(test.slice(start, end))}, ${line}, ${test.slice(start, end)})`
    }
  })
  const thrown = [...code.matchAll(throws)].flatMap(({ 0: text, index }) => {
    const open = index + text.indexOf("(")
    const close = closingOf(code, open)
    const rest = /^\s*\{?\s*throw\s+new\s+AssertionError\s*\(/.exec(code.slice(close))
    const at = close + (rest?.[0].length ?? 0)
    return rest === null || code[at] !== ")" || /\.contains\(false\)/.test(code.slice(open, close))
      ? []
      : [{ start: at, end: at, text: quoted(`if ${test.slice(open, close)} throw new AssertionError()`) }]
  })
  return [...wrapped, ...thrown]
    .sort((left, right) => right.start - left.start)
    .reduce((all, { end, start, text }) => all.slice(0, start) + text + all.slice(end), test)
}

const lists = /\bList<Boolean>\s+\w+\s*=\s*(?:Arrays\.asList|List\.of)\s*\(/g
const throws = /\bif\s*\(/g

/** The places of what commas divide between two places, without the blanks around it. What has a comment is left alone. */
const partsOf = (test: string, code: string, from: number, to: number) => {
  // Those of types are no signs of comparison.
  const plain = code.replace(/(?<=\w)<(?=[A-Z?>])[\w\s,.?<>[\]]*>/g, (types) => " ".repeat(types.length))
  const parts: Array<{ readonly start: number; readonly end: number }> = []
  let depth = 0
  let start = from
  for (let at = from; at <= to; at++) {
    const character = at === to ? "," : plain[at]!
    if ("([{".includes(character)) depth += 1
    if (")]}".includes(character)) depth -= 1
    if (character !== "," || depth !== 0) continue
    const text = test.slice(start, at)
    const first = start + text.length - text.trimStart().length
    if (text.trim() !== "" && !/\/[/*]/.test(text))
      parts.push({ start: first, end: start + text.trimEnd().length })
    start = at + 1
  }
  return parts
}

/** On one line, as a text of Java's. */
const quoted = (text: string): string => JSON.stringify(text.replace(/\s+/g, " ").slice(0, 1_000))

/** How a language writes what is not code. */
export interface Syntax {
  /** Whether `/*` may stand in a comment and opens another one. */
  readonly nestedComments?: boolean
  /** What a backtick opens: a text without escapes, or a template with code in `${}`. */
  readonly backtick?: "raw" | "template"
  /** Whether `'a` without a closing quote is a name, as for a lifetime. */
  readonly lifetimes?: boolean
  /** The opening of a raw text at a place, and what closes it. */
  readonly raw?: { readonly opens: RegExp; readonly closes: (opening: RegExpExecArray) => string }
  /** Whether `/` may open a regular expression. */
  readonly regularExpressions?: boolean
}

/**
 * The same text with blanks for all that is in comments and quotes, and the same line ends, so that braces and names
 * can be looked for and places in it are places in the text.
 */
export const masked = (text: string, syntax: Syntax): string => {
  let out = ""
  let at = 0
  const blank = (end: number) => {
    out += text.slice(at, end).replace(/[^\n]/g, " ")
    at = Math.min(end, text.length)
  }
  // For each template that is open, the depth of braces at which its code ends.
  const templates: Array<number> = []
  let depth = 0
  while (at < text.length) {
    const end = endOfQuoted(text, at, out, syntax)
    if (end !== undefined) {
      blank(end)
      continue
    }
    const character = text[at]!
    if (character === "`" && syntax.backtick === "template") {
      const { end, isCode } = endOfTemplate(text, at + 1)
      blank(end)
      if (isCode) templates.push(depth)
      continue
    }
    if (character === "}" && templates.at(-1) === depth) {
      templates.pop()
      const { end, isCode } = endOfTemplate(text, at + 1)
      blank(end)
      if (isCode) templates.push(depth)
      continue
    }
    if (character === "{") depth += 1
    if (character === "}") depth -= 1
    out += character
    at += 1
  }
  return out
}

/** Where the comment or quote that begins here ends; undefined where none begins. */
const endOfQuoted = (text: string, at: number, before: string, syntax: Syntax): number | undefined => {
  const two = text.slice(at, at + 2)
  if (two === "//") return orEnd(text, text.indexOf("\n", at))
  if (two === "/*") return endOfComment(text, at, syntax.nestedComments === true)
  const opening = syntax.raw === undefined ? null : matchAt(syntax.raw.opens, text, at)
  if (opening !== null && syntax.raw !== undefined && !/\w$/.test(before)) {
    const close = syntax.raw.closes(opening)
    const end = text.indexOf(close, at + opening[0].length)
    return end < 0 ? text.length : end + close.length
  }
  switch (text[at]) {
    case '"':
      return endOfQuote(text, at)
    case "'":
      if (syntax.lifetimes)
        return matchAt(/'(?:\\[^\n]+?|[^\\\n])'/y, text, at) === null ? undefined : endOfQuote(text, at)
      // As in 1'000.
      return /\d$/.test(before) ? undefined : endOfQuote(text, at)
    case "`":
      return syntax.backtick === "raw" ? orEnd(text, text.indexOf("`", at + 1) + 1 || -1) : undefined
    case "/":
      return syntax.regularExpressions && /(?:^|[=(,;:!&|?{}[+\-*%<>~^]|\breturn|\btypeof)\s*$/.test(before)
        ? endOfPattern(text, at)
        : undefined
    default:
      return undefined
  }
}

const orEnd = (text: string, end: number): number => (end < 0 ? text.length : end)

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  const sticky = new RegExp(pattern.source, "y")
  sticky.lastIndex = at
  return sticky.exec(text)
}

const endOfComment = (text: string, at: number, nested: boolean): number => {
  let depth = 0
  for (let index = at; index < text.length; index++) {
    const two = text.slice(index, index + 2)
    if (two === "/*" && (nested || depth === 0)) {
      depth += 1
      index += 1
    } else if (two === "*/") {
      depth -= 1
      index += 1
      if (depth === 0) return index + 1
    }
  }
  return text.length
}

/** A quote that is not closed ends with its line. */
const endOfQuote = (text: string, at: number): number => {
  const quote = text[at]
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] === "\\") index += 1
    else if (text[index] === quote) return index + 1
    else if (text[index] === "\n") return index
  }
  return text.length
}

const endOfPattern = (text: string, at: number): number | undefined => {
  let inClass = false
  for (let index = at + 1; index < text.length; index++) {
    const character = text[index]
    if (character === "\n") return undefined
    if (character === "\\") index += 1
    else if (character === "[") inClass = true
    else if (character === "]") inClass = false
    else if (character === "/" && !inClass) return index + 1
  }
  return undefined
}

/** From within a template to its end, or to the code in it. */
const endOfTemplate = (text: string, from: number): { readonly end: number; readonly isCode: boolean } => {
  for (let index = from; index < text.length; index++) {
    if (text[index] === "\\") index += 1
    else if (text[index] === "`") return { end: index + 1, isCode: false }
    else if (text.startsWith("${", index)) return { end: index + 2, isCode: true }
  }
  return { end: text.length, isCode: false }
}

/** A function that a text defines: its name, and its place from the beginning of its header to the end of its body. */
export interface Definition {
  readonly name: string
  readonly start: number
  /** The place of the brace that opens its body. */
  readonly body: number
  readonly end: number
}

const named =
  /(?:\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=|([A-Za-z_$][\w$]*)\s*(?:<[^<>()]*(?:<[^<>()]*>[^<>()]*)*>\s*|\[[^\]]*\]\s*)?\()/

const notNames = new Set(["if", "for", "while", "switch", "catch", "return", "sizeof", "match", "pub"])

/**
 * The functions that a text in a language of braces defines at a depth of braces: 0, or 1 for the methods of a class.
 * `code` is the masked text, see `masked.ts`. A body that is not closed ends with the text.
 */
export const definitionsIn = (code: string, atDepth = 0): ReadonlyArray<Definition> => {
  const found: Array<Definition> = []
  let depth = 0
  let start = 0
  let open: { readonly name: string; readonly start: number; readonly body: number } | undefined
  for (let at = 0; at < code.length; at++) {
    const character = code[at]
    if (character === "{") {
      if (depth === atDepth && open === undefined) {
        // In Go nothing but a line's end stands between a declaration and the next one.
        const inGo = code.slice(start, at).search(/^[ \t]*func\b[^\n]*[\s\S]*$/m)
        const from = start + Math.max(0, inGo)
        const name = nameIn(code.slice(from, at))
        if (name !== undefined) open = { name, start: skipBlanks(code, from), body: at }
      }
      depth += 1
      if (depth === atDepth) start = at + 1
    } else if (character === "}") {
      depth -= 1
      if (depth <= atDepth) {
        if (open !== undefined && depth === atDepth) found.push({ ...open, end: at + 1 })
        open = undefined
        start = at + 1
      }
    } else if (character === ";" && depth === atDepth) {
      start = at + 1
    } else if (
      character === "#" &&
      depth === 0 &&
      /(?:^|\n)[ \t]*$/.test(code.slice(Math.max(0, at - 80), at))
    ) {
      const end = code.indexOf("\n", at)
      at = end < 0 ? code.length : end
      start = at + 1
    }
  }
  return open === undefined ? found : [...found, { ...open, end: code.length }]
}

const nameIn = (header: string): string | undefined => {
  const match = named.exec(header.replace(/^\s*func\s*\([^)]*\)/, ""))
  const name = match?.[1] ?? match?.[2]
  return name === undefined || notNames.has(name) ? undefined : name
}

const skipBlanks = (code: string, from: number): number => {
  const length = /^\s*/.exec(code.slice(from))![0].length
  return from + length
}

/** The closing braces that a text lacks, which a program that was cut off or only continues another may leave out. */
export const missingBraces = (code: string): string => {
  let depth = 0
  for (const character of code) {
    if (character === "{") depth += 1
    else if (character === "}") depth -= 1
  }
  return "}".repeat(Math.max(0, depth))
}

/** The place behind the bracket that closes the one at `open`; the end of the text where none does. */
export const closingOf = (code: string, open: number): number => {
  let depth = 0
  for (let at = open; at < code.length; at++) {
    if ("([{".includes(code[at]!)) depth += 1
    else if (")]}".includes(code[at]!)) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return code.length
}

/** The text with blanks for a part of it, and the same lines. */
export const blanked = (text: string, start: number, end: number): string =>
  text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end)

/** The parts of a list that commas divide, but not those within brackets of any kind. */
export const topLevel = (text: string): ReadonlyArray<string> => {
  const parts = [""]
  let depth = 0
  for (const character of text) {
    if ("<([{".includes(character)) depth += 1
    if (">)]}".includes(character)) depth -= 1
    if (character === "," && depth === 0) parts.push("")
    else parts[parts.length - 1] += character
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "")
}

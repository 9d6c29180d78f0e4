import { languages } from "../language.ts"
import type { Block } from "./block.ts"

/** The opening of a fenced block. */
export interface Opening {
  readonly fence: string
  /** Blanks, list marks and quote marks before the fence. */
  readonly lead: string
  readonly tag: string
  /** Code that stands on the line of the fence. */
  readonly first: string | undefined
}

/** What a line does, as far as fences go. */
export type FenceLine =
  | { readonly _tag: "Opens"; readonly opening: Opening }
  | { readonly _tag: "Holds"; readonly block: Block }
  | { readonly _tag: "Plain" }

/** Reads a line outside of a block. */
export const fenceLine = (line: string): FenceLine => {
  // Most lines have none, and a search for a text is faster than one for a pattern.
  if (!line.includes("```") && !line.includes("~~~")) return { _tag: "Plain" }
  const match = /`{3,}|~{3,}/.exec(line)
  if (match === null) return { _tag: "Plain" }
  const fence = match[0]
  const lead = line.slice(0, match.index)
  const rest = line.slice(match.index + fence.length).trim()
  const beginsLine = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?$/.test(lead)
  const again = fence.startsWith("`") ? rest.indexOf(fence) : -1
  if (again >= 0) {
    const { tag, first } = readInfo(rest.slice(0, again).trim())
    return { _tag: "Holds", block: { tag, text: first ?? "" } }
  }
  // In the middle of a line only backticks at its end are a fence.
  if (!beginsLine && (fence.startsWith("~") || !/[\s:.>)]$/.test(lead))) return { _tag: "Plain" }
  return { _tag: "Opens", opening: { fence, lead: beginsLine ? lead : "", ...readInfo(rest) } }
}

/** Reads a line inside a block: what of it is code, and whether the block ends with it. */
export const lineWithin = (
  line: string,
  { fence, lead }: Opening
): { readonly code: string; readonly ends: boolean; readonly next?: Opening } => {
  const code = withoutLead(line, lead)
  const trimmed = code.trim()
  if (trimmed.startsWith(fence)) {
    const info = trimmed.slice(fence.length).replace(/^[`~]+/, "")
    const { tag, first } = readInfo(info.trim())
    // A tagged fence within a block: the block before was never closed.
    if (known.has(tag)) return { code: "", ends: true, next: { fence, lead, tag, first } }
    return { code: "", ends: true }
  }
  // A fence glued to the end of a line of code.
  if (fence.startsWith("`") && trimmed.endsWith(fence)) {
    return { code: withoutFence(code.trimEnd()), ends: true }
  }
  return { code, ends: false }
}

// Not a pattern: `+$ is quadratic in a run of backticks that does not end the line.
const withoutFence = (line: string): string => {
  let end = line.length
  while (end > 0 && line[end - 1] === "`") end -= 1
  return line.slice(0, end)
}

/** A line of a block without what its opening fence had before it. */
const withoutLead = (line: string, lead: string): string => {
  if (lead.includes(">")) return line.replace(/^[ \t]*(?:>[ \t]?)+/, "")
  let width = 0
  while (width < lead.length && (line[width] === " " || line[width] === "\t")) width += 1
  return line.slice(width)
}

/** The tag in an info string, and the code that was put in its place or after it. */
const readInfo = (info: string): { readonly tag: string; readonly first: string | undefined } => {
  const plain = info.replace(/^\{?\s*\.?(?:language-|lang-)?/, "")
  const word = /^[A-Za-z+#\d.-]+/.exec(plain)?.[0] ?? ""
  const tag = word.toLowerCase()
  const rest = plain.slice(word.length).trim()
  if (known.has(tag) || (rest === "" && tag !== "")) {
    return { tag, first: codeLike.test(rest) ? rest : undefined }
  }
  return { tag: "", first: codeLike.test(info) ? info : undefined }
}

const codeLike =
  /^(?:#include|import |from \w+ import|def |class |using |int main|print\(|for |while |if )|[;)\]]$/

/** Words that are taken for a tag even where something follows them, or where they stand on a fence within a block. */
const known = new Set([
  ...Object.values(languages)
    .flatMap(({ aliases, fenceTags }) => [...aliases, ...fenceTags])
    // D's letter is too easily a variable.
    .filter((word) => word !== "d"),
  ..."python2 json yaml xml html text txt plaintext bash sh shell console output".split(" ")
])

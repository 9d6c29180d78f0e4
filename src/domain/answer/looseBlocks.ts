import { type Language, languages, type TaskLanguage } from "../language.ts"
import type { Block } from "./block.ts"
import { isComment, lineKind } from "./lineKind.ts"

/** The runs of lines that look like code in a text without fences: prose parts them and is dropped. */
export const looseBlocks = (text: string, language: Language): ReadonlyArray<Block> => {
  const blocks: Array<Block> = []
  let run: Array<string> = []
  const finish = () => {
    const start = codeStart(run, language)
    if (start !== undefined) blocks.push({ tag: "", text: run.slice(start).join("\n") })
    run = []
  }
  const quoted = quotationOf(language)
  for (const line of text.split("\n")) {
    const inside = quoted(line)
    if (!inside && lineKind(line, language) === "prose") finish()
    else run.push(line)
  }
  finish()
  return blocks
}

/** Lines without the prose that follows the code: for a block whose end is not marked. */
export const withoutTail = (lines: ReadonlyArray<string>, language: Language): ReadonlyArray<string> => {
  const quoted = quotationOf(language)
  let end = 0
  for (const [index, line] of lines.entries()) {
    if (quoted(line) || (line.trim() !== "" && lineKind(line, language) !== "prose")) end = index + 1
  }
  return lines.slice(0, end)
}

/** The first line of code, with the comments right above it; undefined if there is no such line. */
const codeStart = (run: ReadonlyArray<string>, language: Language): number | undefined => {
  let start = run.findIndex((line) => lineKind(line, language) === "code")
  if (start < 0) return undefined
  while (start > 0 && isComment(run[start - 1]!, language)) start -= 1
  return start
}

const quotationOf = (language: Language) => {
  const { looksLike } = languages[language]
  return looksLike === undefined ? () => false : quotations[looksLike]()
}

/** Tells line by line whether a line begins inside a string or comment of several lines. */
const quotations: Readonly<Record<TaskLanguage, () => (line: string) => boolean>> = {
  python: () => {
    let delimiter: string | undefined
    return (line) => {
      const inside = delimiter !== undefined
      for (const [mark] of line.matchAll(/"""|'''/g)) {
        if (delimiter === undefined) delimiter = mark
        else if (delimiter === mark) delimiter = undefined
      }
      return inside
    }
  },
  cpp: () => {
    let open = false
    return (line) => {
      const inside = open
      for (const [mark] of line.matchAll(/\/\*|\*\//g)) open = mark === "/*"
      return inside
    }
  }
}

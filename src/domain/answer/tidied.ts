import type { Language } from "../language.ts"

/**
 * A block as a program's text: without empty lines around it, without the indentation that all its lines share, without
 * an interpreter's prompts, ended by one line end. Empty when nothing is left.
 */
export const tidied = (block: string, language: Language): string => {
  const all = block.split("\n")
  const lines = language === "python" ? withoutPrompts(all) : all
  const first = lines.findIndex((line) => line.trim() !== "")
  if (first < 0) return ""
  const last = lines.findLastIndex((line) => line.trim() !== "")
  const body = lines.slice(first, last + 1)
  const shared = body.reduce<string | undefined>((most, line) => {
    if (line.trim() === "") return most
    const indentation = /^[ \t]*/.exec(line)![0]
    return most === undefined ? indentation : commonStart(most, indentation)
  }, undefined)
  const width = shared?.length ?? 0
  return `${body
    .map((line) => line.slice(width))
    .join("\n")
    .trimEnd()}\n`
}

const commonStart = (left: string, right: string): string => {
  let length = 0
  while (length < left.length && left[length] === right[length]) length += 1
  return left.slice(0, length)
}

/** A transcript of the interpreter holds the program on its prompted lines, and what was printed on the others. */
const withoutPrompts = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const filled = lines.filter((line) => line.trim() !== "")
  if (filled.length === 0 || !filled[0]!.trimStart().startsWith(">>> ")) return lines
  return lines.flatMap((line) => {
    const match = /^\s*(?:>>>|\.\.\.)(?: (.*))?$/.exec(line)
    return match === null ? [] : [match[1] ?? ""]
  })
}

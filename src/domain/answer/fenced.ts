import type { Language } from "../language.ts"
import type { Block } from "./block.ts"
import { fenceLine, lineWithin, type Opening } from "./fence.ts"
import { lineKind } from "./lineKind.ts"
import { withoutTail } from "./looseBlocks.ts"

interface Fenced {
  readonly blocks: ReadonlyArray<Block>
  /** The texts before, between and after the blocks. */
  readonly outside: ReadonlyArray<string>
}

/**
 * The fenced blocks of an answer, in order: backticks or tildes, indented, quoted or in a list, opened at the end of a
 * sentence or closed at the end of a line of code, as models do. A block that is never closed ends with the text, or
 * where the prose after it begins. Where the answer begins inside a block (since the prompt had opened it), the text
 * before the first fence is one.
 */
export const fenced = (text: string, language: Language): Fenced => {
  const blocks: Array<Block> = []
  const outside: Array<string> = []
  let plain: Array<string> = []
  let opening: Opening | undefined
  let lines: Array<string> = []
  const open = (next: Opening | undefined) => {
    opening = next
    lines = next?.first === undefined ? [] : [next.first]
  }
  for (const line of text.split("\n")) {
    if (opening !== undefined) {
      const { code, ends, next } = lineWithin(line, opening)
      if (code !== "" || !ends) lines.push(code)
      if (!ends) continue
      blocks.push({ tag: opening.tag, text: lines.join("\n") })
      open(next)
      continue
    }
    const read = fenceLine(line)
    if (read._tag === "Plain") {
      plain.push(line)
      continue
    }
    if (read._tag === "Holds") blocks.push(read.block)
    else if (blocks.length === 0 && isBare(read.opening) && isCodeOnly(plain, language)) {
      blocks.push({ tag: "", text: plain.join("\n") })
    } else open(read.opening)
    outside.push(plain.join("\n"))
    plain = []
  }
  if (opening !== undefined) {
    blocks.push({ tag: opening.tag, text: withoutTail(lines, language).join("\n") })
  }
  return { blocks, outside: [...outside, plain.join("\n")] }
}

const isBare = ({ tag, first }: Opening): boolean => tag === "" && first === undefined

const isCodeOnly = (lines: ReadonlyArray<string>, language: Language): boolean => {
  const filled = lines.filter((line) => line.trim() !== "")
  return (
    filled.length > 0 &&
    lineKind(filled[0]!, language) === "code" &&
    lineKind(filled.at(-1)!, language) !== "prose"
  )
}

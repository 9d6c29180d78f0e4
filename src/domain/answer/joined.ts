import { type Language, languages } from "../language.ts"
import { type Piece, pieceOf } from "./piece.ts"

/**
 * The program of which a chosen block is a part, where an answer has it in several: the blocks that only define what
 * it lacks, in their order, and then the block that uses it. A block that lacks nothing stays as it is, so that one
 * version of a program is never mixed with another.
 *
 * @param programs all blocks with the tag of the chosen one, which is at `chosen`
 */
export const joined = (programs: ReadonlyArray<string>, chosen: number, language: Language): string => {
  const alone = programs[chosen] ?? ""
  if (programs.length < 2 || programs.length > mostBlocks) return alone
  if (language !== "python" && language !== "cpp" && language !== "c") return alone
  const look = languages[language].looksLike ?? "cpp"
  const pieces = programs.map((program) => pieceOf(program, look))
  const best = pieces[chosen]!
  const main = best.isDefinitions ? pieces.findLast((piece) => isUseOf(best, piece)) : best
  if (main === undefined) return alone
  const parts: Array<Piece> = []
  // The last version of what is lacking comes first.
  for (const piece of pieces.toReversed()) {
    const known = [main, ...parts]
    if (piece === main || !piece.isDefinitions || !known.some((other) => lacks(other, piece, known))) continue
    // A second definition of a name stands for the first in Python, and is an error in C.
    if (look === "cpp" && known.some(({ defines }) => hasAny(defines, piece.defines))) continue
    parts.unshift(piece)
  }
  if (parts.length === 0) return alone
  return look === "python" ? textOf([...parts, main]) : behindHeader(main, parts)
}

/** An answer in more parts is no program in parts. */
const mostBlocks = 16

const hasAny = (left: ReadonlySet<string>, right: ReadonlySet<string>): boolean =>
  [...right].some((name) => left.has(name))

/** Whether a piece uses what only another one defines. */
const lacks = (piece: Piece, other: Piece, known: ReadonlyArray<Piece> = [piece]): boolean =>
  [...other.defines].some((name) => piece.names.has(name) && !known.some(({ binds }) => binds.has(name)))

/** An example of a function's use prints something; the program that uses it reads its input, too. */
const isUseOf = (definitions: Piece, piece: Piece): boolean =>
  !piece.isDefinitions &&
  /\binput\s*\(|\bstdin\b|\bopen\(\s*0\b|\bmain\s*\(/.test(piece.program) &&
  lacks(piece, definitions)

const textOf = (pieces: ReadonlyArray<Piece>): string => pieces.map(({ program }) => program).join("\n")

/** What the main part includes may be what the others need. */
const behindHeader = ({ program }: Piece, parts: ReadonlyArray<Piece>): string => {
  const lines = program.split("\n")
  const start = lines.findIndex((line) => !/^\s*(?:#|using namespace\b|\/\/|$)/.test(line))
  const header = lines.slice(0, start).join("\n").trimEnd()
  const before = header === "" ? "" : `${header}\n\n`
  return `${before}${textOf(parts)}\n${lines.slice(start).join("\n")}`
}

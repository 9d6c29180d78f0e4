import type { TaskLanguage } from "../language.ts"
import { cppLines, pythonLines } from "./pieceLines.ts"
import { wellClosed } from "./wellClosed.ts"

/** A block by the names in it. */
export interface Piece {
  readonly program: string
  /** Whether it does nothing by itself, so that a program does the same behind it. */
  readonly isDefinitions: boolean
  /** What it has for other blocks: functions, classes, constants, imports. */
  readonly defines: ReadonlySet<string>
  /** All names that get a meaning in it. */
  readonly binds: ReadonlySet<string>
  /** All names in it that are not members of something. */
  readonly names: ReadonlySet<string>
}

/** Reads a block by its looks, in one pass for each kind of name. */
export const pieceOf = (program: string, language: TaskLanguage): Piece => {
  const told = program.replace(comments[language], "")
  const { definedBy, isDefining } = language === "python" ? pythonLines : cppLines
  const outer = told
    .split("\n")
    .flatMap((line) => (/^[^\s)\]}]/.test(line) ? [line.slice(0, longestLook)] : []))
  const defines = new Set(outer.flatMap(definedBy))
  return {
    program,
    isDefinitions: defines.size > 0 && outer.every(isDefining) && wellClosed(program, language),
    defines,
    binds: new Set([...defines, ...bindings[language].flatMap((pattern) => found(told, pattern))]),
    names: new Set(found(told, names[language]))
  }
}

/** A longer line is judged by its beginning, so that the patterns for lines cost little. */
const longestLook = 400

const found = (text: string, pattern: RegExp): ReadonlyArray<string> =>
  Array.from(text.matchAll(pattern), ([, word = ""]) => word)

const comments: Readonly<Record<TaskLanguage, RegExp>> = { python: /^[ \t]*#.*$/gm, cpp: /\/\/.*$/gm }

const names: Readonly<Record<TaskLanguage, RegExp>> = {
  python: /(?<![.\w])([A-Za-z_]\w*)/g,
  cpp: /(?<![.:\w])([A-Za-z_]\w*)/g
}

const bindings: Readonly<Record<TaskLanguage, ReadonlyArray<RegExp>>> = {
  python: [
    /(?<!\w)(?:def|class|as|for|import|lambda) ([A-Za-z_]\w*)/g,
    /(?<![.\w])([A-Za-z_]\w*) ?:?=(?!=)/g
  ],
  cpp: [
    /(?<!\w)(?:struct|class) ([A-Za-z_]\w*)/g,
    /(?<![.:\w])([A-Za-z_]\w*) ?=(?!=)/g,
    // Functions, also those of classes.
    /(?<![.:\w])([A-Za-z_]\w*) ?\([^;{}()]*\)\s*(?:const\s*)?\{/g
  ]
}

import { Language, languages } from "./language.ts"

/** The language that a spelling names (`Python`, `C++`, `cpp`), in any case; undefined if none does. */
export const languageNamed = (spelling: string): Language | undefined => {
  const wanted = spelling.trim().toLowerCase()
  return Language.literals.find((language) => languages[language].aliases.includes(wanted))
}

/** Endings of files beside those of the names above. */
const furtherEndings: Readonly<Record<string, Language>> = {
  cc: "cpp",
  cjs: "javascript",
  cxx: "cpp",
  ex: "elixir",
  mjs: "javascript"
}

/** The language that a file's name ends in (`sum.cc`), in any case; undefined if it is none's ending. */
export const languageOfFile = (path: string): Language | undefined => {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase()
  if (ending === undefined) return undefined
  return (
    Language.literals.find((language) => languages[language].fileName.endsWith(`.${ending}`)) ??
    furtherEndings[ending]
  )
}

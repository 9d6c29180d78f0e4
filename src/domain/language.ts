import { Schema } from "effect"

/** The languages that programs can be written in. */
export const Language = Schema.Literal("python", "cpp")
export type Language = typeof Language.Type

interface LanguageFacts {
  /** The name that people, models and prompts use. */
  readonly title: string
  /** Spellings on the command line and in tables, in lower case. */
  readonly aliases: ReadonlyArray<string>
  /** Further tags that models put on a fenced block of this language, in lower case. */
  readonly fenceTags: ReadonlyArray<string>
  /** The name of a file that holds a program. */
  readonly fileName: string
  readonly lineComment: string
}

export const languages: Readonly<Record<Language, LanguageFacts>> = {
  python: {
    title: "Python",
    aliases: ["python", "py", "python3"],
    fenceTags: ["py3", "python 3", "pycon", "ipython"],
    fileName: "program.py",
    lineComment: "#"
  },
  cpp: {
    title: "C++",
    aliases: ["cpp", "c++", "cxx"],
    fenceTags: ["cc", "hpp", "c", "c++11", "c++14", "c++17", "c++20", "cpp17", "cpp20"],
    fileName: "program.cpp",
    lineComment: "//"
  }
}

/** The language that a spelling names (`Python`, `C++`, `cpp`), in any case; undefined if none does. */
export const languageNamed = (spelling: string): Language | undefined => {
  const wanted = spelling.trim().toLowerCase()
  return Language.literals.find((language) => languages[language].aliases.includes(wanted))
}

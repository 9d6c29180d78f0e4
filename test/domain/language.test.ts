import { describe, expect, it } from "@effect/vitest"
import { programOf } from "../../src/domain/answer.ts"
import { Language, languages } from "../../src/domain/language.ts"
import { languageNamed, languageOfFile } from "../../src/domain/languageNamed.ts"

describe.each(Language.literals)("%s", (language) => {
  const { aliases, fenceTags, start, title } = languages[language]
  const program = `${start}x = 1;\n`

  it("is found by its title and its other names, in any case, and by no other language's", () => {
    for (const spelling of [language, title, title.toUpperCase(), ...aliases]) {
      expect(languageNamed(spelling)).toBe(language)
    }
  })

  it("is known by the ending of its file", () => {
    expect(languageOfFile(languages[language].fileName)).toBe(language)
  })

  it("has its programs taken out of fences with its tags, and with none", () => {
    for (const tag of [language, ...aliases, ...fenceTags.filter((name) => !name.includes(" ")), ""]) {
      const answer = `Here it is.\n\n\`\`\`${tag}\n${program}\`\`\`\n\nIt works.`
      expect(programOf(answer, language)).toEqual({ _tag: "Program", program })
    }
  })
})

describe("languageOfFile", () => {
  it.each([
    ["a folder.py/sum.CC", "cpp"],
    ["x.mjs", "javascript"],
    ["notes.txt", undefined],
    ["py", undefined],
    ["-", undefined],
    [".c", "c"],
    ["x.", undefined]
  ])("%s", (path, expected) => expect(languageOfFile(path)).toBe(expected))
})

import { type Language, languages, type TaskLanguage } from "../language.ts"
import { lineKind } from "./lineKind.ts"
import { wellClosed } from "./wellClosed.ts"

/**
 * How good a claim a block has to be the program; 0 is none. A whole program comes before a fragment whatever its tag
 * (a tag is easily forgotten), and among these the language's own tag before no tag before a related one.
 */
export const standing = (tag: string, program: string, language: Language): number => {
  const claim = claimOf(tag, language)
  if (claim === 0 || (claim < ownTag && !looksLikeCode(program, language))) return 0
  return claim + (isWhole(program, language) ? ownTag : 0)
}

const looksLikeCode = (program: string, language: Language): boolean =>
  languages[language].looksLike === undefined ||
  program.split("\n", linesToLookAt).some((line) => lineKind(line, language) === "code")

/** Code shows early; a long text of another kind need not be read to its end. */
const linesToLookAt = 2_000

const ownTag = 3
const noTag = 2
const relatedTag = 1

const claimOf = (tag: string, language: Language): number => {
  const { title, aliases, fenceTags } = languages[language]
  if (tag === title.toLowerCase() || aliases.includes(tag) || fenceTags.includes(tag)) return ownTag
  if (tag === "" || unspecific.has(tag)) return noTag
  return related[language]?.has(tag) ? relatedTag : 0
}

const unspecific = new Set([
  "code",
  "text",
  "txt",
  "plaintext",
  "plain",
  "none",
  "program",
  "solution",
  "answer"
])

const related: Readonly<Partial<Record<Language, ReadonlySet<string>>>> = {
  python: new Set(["python2", "py2", "cython", "sage", "starlark", "jupyter", "pypy", "pyw"]),
  c: new Set(["cpp", "c++"]),
  typescript: new Set(["javascript", "js", "jsx", "tsx"]),
  cpp: new Set([
    "h",
    "h++",
    "hxx",
    "cuda",
    "arduino",
    "objective-c",
    "objectivec",
    "java",
    "c#",
    "csharp",
    "cs"
  ])
}

const isWhole = (program: string, language: Language): boolean => {
  const { looksLike } = languages[language]
  return looksLike !== undefined && wellClosed(program, looksLike) && wholeLooks[looksLike](program)
}

const wholeLooks: Readonly<Record<TaskLanguage, (program: string) => boolean>> = {
  // A program that gives anything reads, prints, defines or binds something and is not a shell's.
  python: (program) =>
    /^[ \t]*(?:import|from|def|class|print|for|while|if|[A-Za-z_]\w*[ \t]*=)/m.test(program) &&
    !/^[ \t]*(?:\$|%|pip |python3? )/m.test(program),
  cpp: (program) => /\bmain\s*\(/.test(program)
}

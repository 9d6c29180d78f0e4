import { masked, type Syntax } from "./masked.ts"

/** An import of Go: the path, and the name that it is given, if any. */
export interface GoImport {
  readonly alias: string | undefined
  readonly path: string
}

const one = /(?:([\w.]+)[ \t]+)?"([^"\n]+)"/g

/** The imports of a text, and the text with blanks for them and for the package's name, on the same lines. */
export const importsIn = (
  text: string,
  syntax: Syntax
): { readonly imports: ReadonlyArray<GoImport>; readonly rest: string } => {
  const imports: Array<GoImport> = []
  const code = masked(text, syntax)
  let rest = text
  for (const found of code.matchAll(/^[ \t]*import\b[ \t]*(\([^)]*\)|[^\n;]*)|^[ \t]*package\s+\w+/gm)) {
    const end = found.index + found[0].length
    const written = withoutComments(text.slice(found.index, end))
    for (const [, alias, path] of written.replace(/^\s*import/, "").matchAll(one))
      imports.push({ alias, path: path! })
    rest = rest.slice(0, found.index) + rest.slice(found.index, end).replace(/[^\n]/g, " ") + rest.slice(end)
  }
  return { imports, rest }
}

const withoutComments = (text: string): string =>
  text.replace(/\/\/.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "")

/** What is imported for those who forget it, as the data set's own judge does. */
const usual =
  "bytes crypto/md5 encoding/hex errors fmt math math/rand regexp sort strconv strings time unicode".split(
    " "
  )

/** One block with the imports that the code uses, each name once, the first that has it, and the `packages` of the harness. */
export const importBlock = (
  imports: ReadonlyArray<GoImport>,
  code: string,
  harness: string,
  packages: ReadonlyArray<string>
): string => {
  const byName = new Map<string, GoImport>()
  for (const wanted of imports) {
    if (isReplaced(wanted)) continue
    const name = wanted.alias ?? nameOf(wanted.path)
    const isUsed = name === "_" || name === "." || new RegExp(`\\b${name}\\s*\\.`).test(code)
    if (isUsed && !byName.has(name)) byName.set(name, wanted)
  }
  for (const path of usual) {
    const name = nameOf(path)
    const isMeant =
      new RegExp(`(?<![.\\w])${name}\\.[A-Z]`).test(code) &&
      !new RegExp(`\\b${name}\\s*(?:,[^\\n]*)?:=|\\bvar\\s+${name}\\b|[(,]\\s*${name}\\s+[*\\[\\w]`).test(
        code
      )
    if (isMeant && !byName.has(name)) byName.set(name, { alias: undefined, path })
  }
  const lines = [...byName.values()].map(
    ({ alias, path }) => `${alias === undefined ? "" : `${alias} `}"${path}"`
  )
  const own = packages.map((path) => `${harness}_${nameOf(path)} "${path}"`)
  return `import (${[...lines, ...own].join("; ")})`
}

/** What our harness stands in for. */
const isReplaced = ({ path }: GoImport): boolean => path === "testing" || path.includes("/testify/")

/** The last part of a path that is not a version. */
const nameOf = (path: string): string => {
  const parts = path.split("/")
  return (/^v\d+$/.test(parts.at(-1)!) ? parts.at(-2) : parts.at(-1)) ?? path
}

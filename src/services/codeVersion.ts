import { readdirSync, readFileSync } from "node:fs"
import { dirname, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { hashOf, sha256 } from "../domain/hash.ts"

const known = new Map<string, string>()
const imported = /^(?:import|export)\s(?!type\b)(?:[^"'=;()]*\sfrom\s)?["'](\.{1,2}\/[^"']+)["']/gm

/**
 * Changes whenever the code does that a module consists of: its own, that of the modules which it imports by a relative
 * path, and so on, and the files in other languages of `folders`. It is taken from the files as they lie there, so that what
 * `src` has made is not taken for what `dist` makes.
 */
export const codeVersion = (module: string, folders: ReadonlyArray<URL> = []): string => {
  const key = [module, ...folders].join(" ")
  const found = known.get(key) ?? hashOf(...codeOf(module, folders).map((file) => described(file, module)))
  known.set(key, found)
  return found
}

/** The files that `codeVersion` looks at, as URLs, in an order of their own. */
export const codeOf = (module: string, folders: ReadonlyArray<URL> = []): ReadonlyArray<string> => {
  const files = new Set([module])
  // What is added to a set while it is walked through is met, too.
  for (const file of files) {
    for (const [, path = ""] of readFileSync(fileURLToPath(file), "utf8").matchAll(imported)) {
      files.add(new URL(path, file).href)
    }
  }
  const others = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(?:py|java|c|cjs)$/.test(name))
      .map((name) => new URL(name, `${folder.href}/`).href)
  )
  return [...files, ...others].sort()
}

const described = (file: string, from: string): string => {
  const path = fileURLToPath(file)
  return `${relative(dirname(fileURLToPath(from)), path)} ${sha256(readFileSync(path))}`
}

import { existsSync } from "node:fs"
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Effect, type Scope } from "effect"
import { hashOf } from "../../domain/hash.ts"
import { type Confinement, headersPlace } from "./confinement.ts"
import type { Toolchain } from "./driver.ts"
import { runnerVersion } from "./runnerVersion.ts"
import { makeHeader } from "./session.ts"

const fileName = "program.hpp"
/** A precompiled header takes a hundred megabytes. */
const mostHeaders = 3

/** Precompiled headers, in a folder that processes share. */
export interface Headers {
  /**
   * The tool chain to compile a source with: with the header of exactly the includes that the source begins with,
   * where there is one. The second source with the same includes lets it be made, beside everything else.
   */
  readonly toolchainFor: (toolchain: Toolchain, source: string) => Effect.Effect<Toolchain>
}

/** None, ever. */
export const noHeaders: Headers = { toolchainFor: Effect.succeed }

/** `making` is what making waits for its turn by. */
export const makeHeaders = (
  folder: string,
  confinement: Confinement,
  making: (effect: Effect.Effect<void>) => Effect.Effect<void>
): Effect.Effect<Headers, never, Scope.Scope> =>
  Effect.gen(function* () {
    const scope = yield* Effect.scope
    const seen = new Set<string>()
    const begun = new Set<string>()

    const make = (toolchain: Toolchain, includes: string, key: string) =>
      Effect.gen(function* () {
        const header = yield* makeHeader(confinement, toolchain, includes)
        yield* Effect.tryPromise(() => keep(folder, key, includes, header))
      }).pipe(
        // Without the header everything goes on, only slower.
        Effect.catchAll((fault) => Effect.logDebug(`no precompiled header was made: ${String(fault)}`))
      )

    const toolchainFor = (toolchain: Toolchain, source: string) =>
      Effect.gen(function* () {
        const { recipe } = toolchain
        const includes = includesOf(source)
        if (recipe.runs !== "native" || recipe.header === undefined || includes === undefined)
          return toolchain
        const key = hashOf(toolchain.version, JSON.stringify(recipe), runnerVersion(), includes)
        const place = join(folder, key)
        if (existsSync(join(place, `${fileName}.gch`))) {
          const compile = [...recipe.compile, recipe.header.use, join(headersPlace, fileName)]
          return { ...toolchain, recipe: { ...recipe, compile }, headers: place }
        }
        if (!seen.has(key)) seen.add(key)
        else if (!begun.has(key)) {
          begun.add(key)
          yield* Effect.forkIn(making(make(toolchain, includes, key)), scope)
        }
        return toolchain
      })

    return { toolchainFor }
  })

const include = /^[ \t]*#[ \t]*include[ \t]*<([\w+-][\w+./-]*)>[ \t]*(?:\/\/.*)?$/
const blank = /^[ \t]*(?:\/\/.*)?$/

/** The includes of a library's headers with which a source begins, one a line; undefined if it begins otherwise. */
export const includesOf = (source: string): string | undefined => {
  const names: Array<string> = []
  for (const line of source.split(/\r?\n/)) {
    // A comment that goes on in the next line would hide an include.
    if (line.endsWith("\\")) break
    const name = include.exec(line)?.[1]
    if (name !== undefined && !name.includes("..")) names.push(name)
    else if (!blank.test(line)) break
  }
  return names.length === 0 ? undefined : names.map((name) => `#include <${name}>\n`).join("")
}

/** Puts a header into place in one step, for others to see whole or not at all, and drops the oldest. */
const keep = async (folder: string, key: string, includes: string, header: Buffer): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = await mkdtemp(join(folder, ".draft-"))
  try {
    await chmod(draft, 0o755)
    await writeFile(join(draft, fileName), includes)
    await writeFile(join(draft, `${fileName}.gch`), header)
    if (!existsSync(join(folder, key))) await rename(draft, join(folder, key))
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  const kept = await Promise.all(
    (await readdir(folder))
      .filter((name) => name !== key)
      .map(async (name) => ({ path: join(folder, name), made: (await stat(join(folder, name))).mtimeMs }))
  )
  kept.sort((left, right) => right.made - left.made)
  for (const { path } of kept.slice(mostHeaders - 1)) await rm(path, { recursive: true, force: true })
}

/** Where headers lie, beside the cache of evaluations. */
export const headersBeside = (cache: string): string => join(dirname(cache), "headers")

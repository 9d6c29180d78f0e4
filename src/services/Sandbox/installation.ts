import { realpathSync } from "node:fs"
import { dirname } from "node:path"
import { Effect } from "effect"
import { type Language, languages } from "../../domain/language.ts"
import { ToolchainMissing } from "../Sandbox.ts"
import { type Environment, findExecutable, outputOf } from "./host.ts"

/** A program of a tool chain that is there and starts. */
export interface Installed {
  readonly path: string
  /** The line in which it says its name and version. */
  readonly version: string
  /** The folder that it was found in, and its installation behind any link. */
  readonly folders: ReadonlyArray<string>
}

/** Which program makes a language present, and how its version is asked. */
export interface Wanted {
  readonly language: Language
  /** Names of programs of which one is enough, best first. */
  readonly names: ReadonlyArray<string>
  readonly versionArgs: ReadonlyArray<string>
  /** The line of what it answers that holds the version. */
  readonly versionLine?: RegExp
  readonly advice: string
}

/** Looks for the first of the names that is on the PATH and answers. */
export const findInstalled = (
  { advice, language, names, versionArgs, versionLine = /\S/ }: Wanted,
  environment: Environment
): Effect.Effect<Installed, ToolchainMissing> =>
  Effect.gen(function* () {
    for (const name of names) {
      const path = findExecutable(name, environment)
      if (path === undefined) continue
      const output = yield* outputOf(path, versionArgs, environment)
      const version = output?.split("\n").find((line) => versionLine.test(line))
      if (version !== undefined)
        return { path, version: version.trim().replace(/^info: |:$/g, ""), folders: foldersOf(path) }
    }
    return yield* new ToolchainMissing({ language: languages[language].title, advice })
  })

const foldersOf = (path: string): ReadonlyArray<string> => [
  ...new Set([dirname(path), dirname(dirname(realpathSync(path)))])
]

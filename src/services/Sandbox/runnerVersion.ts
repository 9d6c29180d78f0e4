import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { hashOf, sha256 } from "../../domain/hash.ts"
import { runnerFolder } from "./runner.ts"

let known: string | undefined

/** Changes whenever a file of the runner does, so that nothing made by another runner is taken for its own. */
export const runnerVersion = (): string => {
  known ??= hashOf(
    ...readdirSync(runnerFolder)
      .filter((name) => name.endsWith(".py"))
      .sort()
      .map((name) => `${name} ${sha256(readFileSync(join(runnerFolder, name)))}`)
  )
  return known
}

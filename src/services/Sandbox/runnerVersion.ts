import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { hashOf, sha256 } from "../../domain/hash.ts"
import { runnerFolder } from "./runner.ts"

let known: string | undefined

/** Changes whenever a file of the runner or of a host does, so that nothing made by another is taken for its own. */
export const runnerVersion = (): string => {
  known ??= hashOf(
    ...readdirSync(runnerFolder)
      .concat(readdirSync(join(runnerFolder, "hosts")).map((name) => join("hosts", name)))
      .filter((name) => /\.(?:py|java|c|cjs)$/.test(name))
      .sort()
      .map((name) => `${name} ${sha256(readFileSync(join(runnerFolder, name)))}`)
  )
  return known
}

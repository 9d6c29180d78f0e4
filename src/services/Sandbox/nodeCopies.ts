import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { Effect } from "effect"
import type { CommandRecipe, LanguageDriver, Toolchain } from "./driver.ts"
import { type Environment, findExecutable } from "./host.ts"

const sources = fileURLToPath(new URL("./hosts/", import.meta.url))
const compilers = ["cc", "gcc", "clang"]
const preload = "seidrFork.cjs"
const addon = "seidrFork.node"
const forkEnvironment = { LD_PRELOAD: `./${addon}` }

/** The flags of a Node.js of which copies can be made: what its further threads would do is done by the first one. */
export const copying = ["--single-threaded", "--v8-pool-size=1", "--require", `./${preload}`]

/**
 * The same language, with the cases of a program in copies of one warm Node.js where this machine has a C compiler, for
 * the few lines that Node.js has no words for. Without one, or without confinement, a case gets a process of its own.
 */
export const withCopies = (driver: LanguageDriver): LanguageDriver => ({
  ...driver,
  ready: (toolchain, environment) =>
    Effect.map(
      Effect.promise(() => hostsBy(environment)),
      (hosts): Toolchain => {
        const { fork, ...recipe } = toolchain.recipe as CommandRecipe
        return fork === undefined || hosts === undefined
          ? { ...toolchain, recipe }
          : { ...toolchain, recipe: { ...recipe, fork, hosts, forkEnvironment } }
      }
    )
})

/** What is loaded into a Node.js that is to be copied, in base64 by file name; undefined where it cannot be made. */
const hostsBy = async (environment: Environment): Promise<Readonly<Record<string, string>> | undefined> => {
  const compiler = compilers.map((name) => findExecutable(name, environment)).find((path) => path)
  if (compiler === undefined || process.platform !== "linux") return undefined
  const folder = await mkdtemp(join(tmpdir(), "seidr-node-"))
  try {
    const made = join(folder, addon)
    const args = ["-O1", "-shared", "-fPIC", "-s", "-o", made, join(sources, "seidrFork.c")]
    await promisify(execFile)(compiler, args, { env: environment })
    return {
      [preload]: await readFile(join(sources, preload), "base64"),
      [addon]: await readFile(made, "base64")
    }
  } catch {
    // A compiler without a C library is as good as none.
    return undefined
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

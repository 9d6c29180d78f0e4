import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Effect } from "effect"
import { sha256 } from "../../../domain/hash.ts"
import { languages } from "../../../domain/language.ts"
import { ToolchainMissing } from "../../Sandbox.ts"
import { cacheFolder, canBeShown } from "../cacheFolder.ts"
import type { LanguageDriver, Recipe } from "../driver.ts"
import { type Environment, findExecutable, isFile, outputOf } from "../host.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName, title } = languages.go

/** The packages that programs may import: what a program that reads and prints can use of the standard library. */
const packages = `bufio bytes cmp container/heap container/list container/ring context crypto/md5 crypto/sha1
  crypto/sha256 encoding/base64 encoding/binary encoding/hex encoding/json errors flag fmt hash hash/crc32 hash/fnv io
  iter log maps math math/big math/bits math/cmplx math/rand math/rand/v2 os regexp reflect runtime runtime/debug slices
  sort strconv strings sync sync/atomic text/tabwriter time unicode unicode/utf16 unicode/utf8 unsafe`.split(
  /\s+/
)

const described = {
  language: "go",
  names: ["go"],
  versionArgs: ["version"],
  advice: "there is no go; install Go 1.21 or later (https://go.dev/dl)",
  memory: dataMemory(128, 16),
  outOfMemory: /fatal error: (?:runtime: )?(?:out of memory|cannot allocate memory)/
} as const

const driver = installedDriver({ ...described, recipe: () => recipe("", "") })

// Not `go build`: it would compile the standard library anew, since it finds none of its caches in a sandbox.
const recipe = (tools: string, folder: string): Recipe => {
  const options = `-importcfg ${join(folder, "importcfg")}`
  const compile = `${join(tools, "compile")} -p main -complete -pack ${options} -o program.a ${fileName}`
  const link = `${join(tools, "link")} -s -w ${options} -o program program.a`
  return { runs: "native", fileName, compile: ["/bin/sh", "-c", `${compile} >&2 && ${link} >&2`] }
}

/** The standard library is compiled once per version of Go, and kept in the user's cache folder. */
export const go: LanguageDriver = {
  ...driver,
  ready: (toolchain, environment) =>
    Effect.gen(function* () {
      const go = findExecutable("go", environment)!
      const answer = yield* outputOf(go, ["env", "GOROOT", "GOTOOLDIR"], environment)
      const [root = "", tools = ""] = answer?.trim().split("\n") ?? []
      const base = cacheFolder(environment)
      if (!canBeShown(base)) {
        return yield* missing(
          `its compiled standard library would be kept in ${base}, and programs have a /tmp, a /dev and a /proc of their own; set XDG_CACHE_HOME to a folder elsewhere`
        )
      }
      const name = sha256(`${toolchain.version}\n${root}\n${packages.join(" ")}`).slice(0, 16)
      const folder = join(base, `go-${name}`)
      if (!isFile(join(folder, "importcfg"))) yield* makeLibrary(go, base, folder, environment)
      return { ...toolchain, recipe: recipe(tools, folder), readable: [dirname(go), root, folder] }
    })
}

const makeLibrary = (go: string, base: string, folder: string, environment: Environment) =>
  Effect.gen(function* () {
    const format = "{{if .Export}}{{.ImportPath}} {{.Export}}{{end}}"
    const args = ["list", "-export", "-deps", "-f", format, ...packages]
    const listed = yield* outputOf(go, args, { ...environment, GOFLAGS: "", GO111MODULE: "off" }, 300_000)
    if (listed === undefined) return yield* missing("it cannot compile its own standard library")
    const exports = listed
      .trim()
      .split("\n")
      .map((line) => line.split(" "))
    yield* Effect.tryPromise({
      try: () => store(exports, base, folder),
      catch: (cause) => missing(`its standard library cannot be kept in ${base}: ${String(cause)}`)
    })
  })

const missing = (reason: string) => new ToolchainMissing({ language: title, advice: reason })

const store = async (
  exports: ReadonlyArray<ReadonlyArray<string>>,
  base: string,
  folder: string
): Promise<void> => {
  await mkdir(base, { recursive: true })
  const scratch = await mkdtemp(join(base, "go-"))
  try {
    // The user that programs run as has to read it.
    await chmod(scratch, 0o755)
    const lines: Array<string> = []
    for (const [index, [name = "", path = ""]] of exports.entries()) {
      await copyFile(path, join(scratch, `${index}.a`))
      await chmod(join(scratch, `${index}.a`), 0o644)
      lines.push(`packagefile ${name}=${join(folder, `${index}.a`)}\n`)
    }
    await writeFile(join(scratch, "importcfg"), lines.join(""), { mode: 0o644 })
    // Who was faster has made the same.
    await rename(scratch, folder).catch(async (cause) => {
      if (!isFile(join(folder, "importcfg"))) throw cause
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

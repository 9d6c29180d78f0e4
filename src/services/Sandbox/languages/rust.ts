import { join } from "node:path"
import { Effect } from "effect"
import { languages } from "../../../domain/language.ts"
import type { LanguageDriver } from "../driver.ts"
import { outputOf } from "../host.ts"
import { installedDriver } from "../installedDriver.ts"

const { fileName } = languages.rust

const described = {
  language: "rust",
  names: ["rustc"],
  versionArgs: ["--version"],
  advice: "there is no rustc; install Rust (https://rustup.rs, or Debian and Ubuntu: apt-get install rustc)",
  compileLimits: { timeMs: 20_000, wallMs: 61_000 },
  outOfMemory: /memory allocation of \d+ bytes failed/
} as const

const recipe = (path: string) =>
  ({
    runs: "native",
    fileName,
    compile: [
      path,
      "--edition=2021",
      "-Copt-level=1",
      "-Cdebuginfo=0",
      "-Awarnings",
      "--color=never",
      "-o",
      "program",
      fileName
    ]
  }) as const

const driver = installedDriver({ ...described, recipe: ({ path }) => recipe(path) })

/** `rustc` on the PATH may be the shim of rustup, which reads the user's settings: the compiler itself is asked for. */
export const rust: LanguageDriver = {
  ...driver,
  find: (environment, python) =>
    Effect.gen(function* () {
      const found = yield* driver.find(environment, python)
      const sysroot = yield* outputOf("rustc", ["--print", "sysroot"], environment)
      if (sysroot === undefined) return found
      const folder = sysroot.trim()
      return { ...found, recipe: recipe(join(folder, "bin", "rustc")), readable: [folder] }
    })
}

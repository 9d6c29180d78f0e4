import { realpathSync } from "node:fs"
import { dirname } from "node:path"
import { Effect } from "effect"
import { languages } from "../../../domain/language.ts"
import { ToolchainMissing } from "../../Sandbox.ts"
import type { LanguageDriver } from "../driver.ts"
import { findExecutable, outputOf } from "../host.ts"

const compilers = ["g++", "c++", "clang++"]
const flags = ["-std=c++17", "-O1", "-w", "-pipe", "-fdiagnostics-color=never", "-fmax-errors=10"]
const clangFlags = flags.map((flag) => (flag === "-fmax-errors=10" ? "-ferror-limit=10" : flag))

const headerOf = (command: ReadonlyArray<string>) => ({
  make: [...command, "-x", "c++-header", "-o", "program", "program.hpp"],
  use: "-include"
})

const missing = new ToolchainMissing({
  language: "C++",
  advice: "there is no g++ or clang++; install a compiler (Debian and Ubuntu: apt-get install g++)"
})

export const cpp: LanguageDriver = {
  find: (environment) =>
    Effect.gen(function* () {
      for (const name of compilers) {
        const path = findExecutable(name, environment)
        if (path === undefined) continue
        const output = yield* outputOf(path, ["--version"], environment)
        const version = output?.split("\n")[0]?.trim()
        if (version === undefined || version === "") continue
        const { fileName } = languages.cpp
        const options = version.includes("clang") ? clangFlags : flags
        return {
          version,
          recipe: {
            runs: "native",
            fileName,
            compile: [path, ...options, "-o", "program", fileName],
            libraries: { openssl: "-lcrypto" },
            ...(version.includes("clang") ? {} : { header: headerOf([path, ...options]) })
          },
          readable: [dirname(path), dirname(dirname(realpathSync(path)))]
        }
      }
      return yield* missing
    }),
  compileLimits: { timeMs: 10_000, wallMs: 31_000, memoryBytes: 2 ** 31, outputBytes: 2 ** 16 },
  ranOutOfMemory: (stderr) => /'?std::bad_(?:alloc|array_new_length)'?/.test(stderr.slice(-500))
}

import { languages } from "../../../domain/language.ts"
import type { Wanted } from "../installation.ts"
import { installedDriver } from "../installedDriver.ts"

const { fileName } = languages.c
const flags = ["-std=gnu17", "-O1", "-w", "-pipe", "-fdiagnostics-color=never"]

const wanted: Wanted = {
  language: "c",
  names: ["gcc", "cc", "clang"],
  versionArgs: ["--version"],
  advice: "there is no gcc or clang; install a compiler (Debian and Ubuntu: apt-get install gcc libc6-dev)"
}

export const c = installedDriver({
  ...wanted,
  recipe: ({ path, version }) => ({
    runs: "native",
    fileName,
    compile: [
      path,
      ...flags,
      version.includes("clang") ? "-ferror-limit=10" : "-fmax-errors=10",
      "-o",
      "program",
      fileName,
      "-lm"
    ]
  }),
  // C has no word for it: a program that ignores a null pointer dies by a signal with its memory full, or not at all.
  outOfMemory: /[Cc]annot allocate memory|[Oo]ut of memory/
})

import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.haskell

export const haskell = installedDriver({
  language: "haskell",
  names: ["ghc"],
  versionArgs: ["--version"],
  advice: "there is no ghc; install it (Debian and Ubuntu: apt-get install ghc)",
  recipe: ({ path }) => ({
    runs: "native",
    fileName,
    compile: [path, "-O1", "-w", "-v0", "-o", "program", fileName]
  }),
  readable: () => ["/var/lib/ghc"],
  // Its collector reserves a terabyte of addresses.
  memory: dataMemory(32, 8),
  compileLimits: { timeMs: 20_000, wallMs: 61_000 },
  outOfMemory: /out of memory|[Hh]eap exhausted|memory allocation failed/
})

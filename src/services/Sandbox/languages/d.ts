import { languages } from "../../../domain/language.ts"
import { installedDriver } from "../installedDriver.ts"

const { fileName } = languages.d

export const d = installedDriver({
  language: "d",
  names: ["ldc2", "dmd"],
  versionArgs: ["--version"],
  advice: "there is no ldc2 or dmd; install a compiler (Debian and Ubuntu: apt-get install ldc)",
  recipe: ({ path }) => ({
    runs: "native",
    fileName,
    compile: [path, "-O", "-of=program", fileName]
  }),
  // Where Debian names the libraries that are linked.
  readable: () => ["/etc/ldc2.conf", "/etc/dmd.conf"],
  compileLimits: { timeMs: 20_000, wallMs: 61_000 },
  outOfMemory: /OutOfMemoryError|Memory allocation failed/
})

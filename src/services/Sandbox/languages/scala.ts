import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.scala

/** Untried. */
export const scala = installedDriver({
  language: "scala",
  names: ["scalac"],
  versionArgs: ["-version"],
  advice: "there is no scalac; install Scala (https://www.scala-lang.org/download)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    run: [path.replace(/scalac$/, "scala"), "-J-Xmx{memoryMB}m", fileName]
  }),
  readable: () => ["/etc/java-17-openjdk", "/etc/java-21-openjdk"],
  processes: 256,
  memory: dataMemory(1_024, 192),
  compileLimits: { timeMs: 60_000, wallMs: 181_000 },
  outOfMemory: /java\.lang\.OutOfMemoryError/
})

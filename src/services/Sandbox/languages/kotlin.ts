import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.kotlin

export const kotlin = installedDriver({
  language: "kotlin",
  names: ["kotlinc"],
  versionArgs: ["-version"],
  versionLine: /kotlinc/,
  advice:
    "there is no kotlinc; install Kotlin (https://kotlinlang.org, or Debian and Ubuntu: apt-get install kotlin)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    compile: [path, "-nowarn", "-include-runtime", "-d", "program.jar", fileName],
    run: [
      "/usr/bin/env",
      "java",
      "-Xmx{memoryMB}m",
      "-XX:+UseSerialGC",
      "-XX:-UsePerfData",
      "-Dfile.encoding=UTF-8",
      "-jar",
      "program.jar"
    ]
  }),
  readable: () => ["/etc/java-17-openjdk", "/etc/java-21-openjdk"],
  processes: 256,
  memory: dataMemory(1_024, 160),
  compileLimits: { timeMs: 60_000, wallMs: 181_000 },
  outOfMemory: /java\.lang\.OutOfMemoryError/
})

import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.scala

/** Scala 2, and Scala 3 up to 3.4: the command of later ones is another, which downloads what it needs. */
export const scala = installedDriver({
  language: "scala",
  names: ["scalac"],
  versionArgs: ["-version"],
  advice:
    "there is no scalac; install Scala (https://www.scala-lang.org/download, or Debian: apt-get install scala)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    // The archive names the class with the program's only `main`, which the source alone does not tell.
    compile: [path, "-J-Xmx1g", "-nowarn", "-d", "program.jar", fileName],
    run: [path.replace(/scalac$/, "scala"), "-J-Xmx{memoryMB}m", "program.jar"]
  }),
  readable: () => ["/etc/java-17-openjdk", "/etc/java-21-openjdk"],
  environment: { JAVA_OPTS: "-XX:+UseSerialGC -XX:-UsePerfData -Dfile.encoding=UTF-8" },
  processes: 256,
  memory: dataMemory(1_024, 192),
  compileLimits: { timeMs: 60_000, wallMs: 181_000 },
  outOfMemory: /java\.lang\.OutOfMemoryError/
})

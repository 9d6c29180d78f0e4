import { existsSync, realpathSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect } from "effect"
import { languages } from "../../../domain/language.ts"
import { ToolchainMissing } from "../../Sandbox.ts"
import type { CommandRecipe, LanguageDriver } from "../driver.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"
import { javaHost } from "../javaHost.ts"

const { fileName, title } = languages.java
const advice =
  "there is no java and javac of 11 or later; install a JDK (Debian and Ubuntu: apt-get install default-jdk-headless)"

/** What a JVM has before a program does anything, reserved and in memory, and what the archive adds to that. */
const [reservedMB, residentMB, archiveMB] = [1_024, 160, 10]

const jvm = [
  "-Xshare:auto",
  "-XX:+UseSerialGC",
  "-XX:-UsePerfData",
  "-XX:-CreateCoredumpOnCrash",
  "-Dfile.encoding=UTF-8",
  "-Dstdout.encoding=UTF-8",
  "-Dstderr.encoding=UTF-8"
]

/** `classPath` are the flags by which a JVM finds the host's classes. */
const recipeOf = (java: string, classPath: ReadonlyArray<string>): CommandRecipe => {
  const host = [...jvm, ...classPath, "SeidrHost"]
  const running = [java, "-Xmx{memoryMB}m", ...host]
  return {
    runs: "command",
    fileName,
    // The quick compiler of the JVM is enough for a process that lives for a second.
    compile: [java, "-Xmx1g", "-XX:TieredStopAtLevel=1", ...host, "compile", fileName],
    run: [...running, "run"],
    serve: [...running, "serve"]
  }
}

const homeOf = (javac: string): string => dirname(dirname(realpathSync(javac)))

const driver = installedDriver({
  language: "java",
  names: ["javac"],
  versionArgs: ["--version"],
  advice,
  recipe: ({ path }) => recipeOf(join(homeOf(path), "bin", "java"), ["-cp", "."]),
  // Debian keeps the settings of a JDK below /etc and links to them.
  readable: ({ path }) => {
    const home = homeOf(path)
    return ["lib/jvm.cfg", "lib/security/default.policy", "conf/security/java.security"]
      .map((name) => join(home, name))
      .filter((file) => existsSync(file))
      .map((file) => dirname(realpathSync(file)))
  },
  processes: 256,
  memory: dataMemory(reservedMB, residentMB),
  outOfMemory: /java\.lang\.OutOfMemoryError|insufficient memory for the Java Runtime/
})

/** All cases of a program run in one JVM, with classes of their own; one that ends the JVM is run again by itself. */
export const java: LanguageDriver = {
  ...driver,
  ready: (toolchain, environment) =>
    Effect.gen(function* () {
      const command = (toolchain.recipe as CommandRecipe).run[0]!
      const { archive, classes } = yield* javaHost(dirname(command), toolchain.version, environment).pipe(
        Effect.mapError(
          ({ reason }) =>
            new ToolchainMissing({
              language: title,
              advice: `what runs programs cannot be compiled (${reason})`
            })
        )
      )
      const recipe = archive === undefined ? toolchain.recipe : recipeOf(command, archive.flags)
      return {
        ...toolchain,
        recipe: { ...recipe, files: classes } as CommandRecipe,
        memory: dataMemory(reservedMB, archive === undefined ? residentMB : residentMB + archiveMB),
        useful: archive === undefined ? [] : [archive.folder]
      }
    })
}

import { execFile } from "node:child_process"
import { existsSync, realpathSync } from "node:fs"
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { Effect } from "effect"
import { languages } from "../../../domain/language.ts"
import { ToolchainMissing } from "../../Sandbox.ts"
import type { CommandRecipe, LanguageDriver } from "../driver.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName, title } = languages.java
const advice =
  "there is no java and javac of 11 or later; install a JDK (Debian and Ubuntu: apt-get install default-jdk-headless)"

const jvm = [
  "-Xshare:auto",
  "-XX:+UseSerialGC",
  "-XX:-UsePerfData",
  "-XX:-CreateCoredumpOnCrash",
  "-Dfile.encoding=UTF-8",
  "-Dstdout.encoding=UTF-8",
  "-Dstderr.encoding=UTF-8",
  "-cp",
  "."
]

const driver = installedDriver({
  language: "java",
  names: ["javac"],
  versionArgs: ["--version"],
  advice,
  recipe: ({ path }) => {
    const java = join(dirname(realpathSync(path)), "java")
    const running = [java, "-Xmx{memoryMB}m", ...jvm, "SeidrHost"]
    return {
      runs: "command",
      fileName,
      // The quick compiler of the JVM is enough for a process that lives for a second.
      compile: [java, "-Xmx1g", "-XX:TieredStopAtLevel=1", ...jvm, "SeidrHost", "compile", fileName],
      run: [...running, "run"],
      serve: [...running, "serve"]
    }
  },
  // Debian keeps the settings of a JDK below /etc and links to them.
  readable: ({ path }) => {
    const home = dirname(dirname(realpathSync(path)))
    return ["lib/jvm.cfg", "lib/security/default.policy", "conf/security/java.security"]
      .map((name) => join(home, name))
      .filter((file) => existsSync(file))
      .map((file) => dirname(realpathSync(file)))
  },
  processes: 256,
  memory: dataMemory(1_024, 160),
  outOfMemory: /java\.lang\.OutOfMemoryError|insufficient memory for the Java Runtime/
})

/** All cases of a program run in one JVM, with classes of their own; one that ends the JVM is run again by itself. */
export const java: LanguageDriver = {
  ...driver,
  ready: (toolchain) =>
    Effect.gen(function* () {
      const recipe = toolchain.recipe as CommandRecipe
      const compiler = join(dirname(recipe.run[0]!), "javac")
      const files = yield* Effect.tryPromise({
        try: () => compiledHost(compiler),
        catch: () => new ToolchainMissing({ language: title, advice })
      })
      return { ...toolchain, recipe: { ...recipe, files } }
    })
}

const hosts = fileURLToPath(new URL("../hosts/", import.meta.url))

/** The classes of the process that programs run in, in base64 by file name. */
const compiledHost = async (compiler: string): Promise<Readonly<Record<string, string>>> => {
  const folder = await mkdtemp(join(tmpdir(), "seidr-java-"))
  try {
    const sources = (await readdir(hosts)).filter((name) => name.endsWith(".java"))
    await promisify(execFile)(compiler, ["-d", folder, ...sources.map((name) => join(hosts, name))])
    const names = await readdir(folder)
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name), "base64")))
    return Object.fromEntries(names.map((name, index) => [name, contents[index]!]))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

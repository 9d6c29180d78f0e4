import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.csharp

/** By Mono: a project of the .NET SDK cannot be built without its package folders, which no sandbox shows. */
export const csharp = installedDriver({
  language: "csharp",
  names: ["mcs"],
  versionArgs: ["--version"],
  advice: "there is no mcs; install Mono (Debian and Ubuntu: apt-get install mono-mcs)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    compile: [path, "-nologo", "-optimize+", "-warn:0", "-out:program.exe", fileName],
    run: ["/usr/bin/env", "mono", "program.exe"]
  }),
  readable: () => ["/etc/mono"],
  // Its complaint that it may not set priorities goes to standard output otherwise.
  environment: { MONO_LOG_DEST: "/dev/null" },
  memory: dataMemory(256, 48),
  outOfMemory: /System\.OutOfMemoryException/
})

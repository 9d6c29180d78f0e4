import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.ruby

export const ruby = installedDriver({
  language: "ruby",
  names: ["ruby"],
  versionArgs: ["--version"],
  advice: "there is no ruby; install it (Debian and Ubuntu: apt-get install ruby)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    compile: [path, "-W0", "-c", fileName],
    run: [path, fileName]
  }),
  memory: dataMemory(64, 16),
  outOfMemory: /failed to allocate memory \(NoMemoryError\)|\[FATAL\] failed to allocate memory/
})

import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.julia

/** Untried. */
export const julia = installedDriver({
  language: "julia",
  names: ["julia"],
  versionArgs: ["--version"],
  advice: "there is no julia; install it (https://julialang.org/downloads)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    run: [
      path,
      "--startup-file=no",
      "--history-file=no",
      "--color=no",
      "--heap-size-hint={memoryMB}M",
      fileName
    ]
  }),
  memory: dataMemory(512, 256),
  outOfMemory: /OutOfMemoryError/
})

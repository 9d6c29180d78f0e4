import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.swift

/** Untried. */
export const swift = installedDriver({
  language: "swift",
  names: ["swiftc"],
  versionArgs: ["--version"],
  versionLine: /Swift/,
  advice: "there is no swiftc; install Swift (https://www.swift.org/install)",
  recipe: ({ path }) => ({
    runs: "native",
    fileName,
    compile: [path, "-O", "-suppress-warnings", "-o", "program", fileName]
  }),
  memory: dataMemory(64, 16),
  compileLimits: { timeMs: 30_000, wallMs: 91_000 },
  outOfMemory: /Fatal error: .*memory/
})

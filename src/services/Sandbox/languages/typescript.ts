import { Effect } from "effect"
import { languages } from "../../../domain/language.ts"
import { ToolchainMissing } from "../../Sandbox.ts"
import type { LanguageDriver } from "../driver.ts"
import { installedDriver } from "../installedDriver.ts"
import { copying, withCopies } from "../nodeCopies.ts"
import { nodeMemory, nodeOutOfMemory } from "./javascript.ts"

const { fileName, title } = languages.typescript
const advice = "it needs Node.js 22.13 or later, which takes the types out by itself; install a newer Node.js"

const check = `require("module").stripTypeScriptTypes(require("fs").readFileSync("${fileName}", "utf8"), { mode: "transform" })`

const running = (path: string, ...more: ReadonlyArray<string>) => [
  path,
  "--experimental-transform-types",
  "--no-warnings",
  ...more,
  "--max-old-space-size={memoryMB}",
  fileName
]

const driver = installedDriver({
  language: "typescript",
  names: ["node", process.execPath],
  versionArgs: ["--version"],
  advice,
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    compile: [path, "--no-warnings", "-e", check],
    run: running(path),
    fork: running(path, ...copying)
  }),
  memory: nodeMemory,
  outOfMemory: nodeOutOfMemory
})

/** Types are taken out and not checked: an error of types is none. */
export const typescript: LanguageDriver = {
  ...withCopies(driver),
  find: (environment, python) =>
    Effect.filterOrFail(
      driver.find(environment, python),
      ({ version }) => takesTypesOut(version),
      ({ version }) =>
        new ToolchainMissing({ language: title, advice: `Node.js is ${version}, and ${advice}` })
    )
}

const takesTypesOut = (version: string): boolean => {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number)
  return major > 22 || (major === 22 && minor >= 13)
}

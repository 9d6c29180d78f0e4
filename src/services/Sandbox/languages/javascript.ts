import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"
import { copying, withCopies } from "../nodeCopies.ts"

const { fileName } = languages.javascript

/** What a Node.js has before a program does anything: its threads' stacks, its heap's reserve, its own code. */
export const nodeMemory = dataMemory(512, 64)
export const nodeOutOfMemory =
  /JavaScript heap out of memory|Array buffer allocation failed|Invalid string length/

const driver = installedDriver({
  language: "javascript",
  names: ["node", process.execPath],
  versionArgs: ["--version"],
  advice: "there is no node; install Node.js",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    compile: [path, "--check", fileName],
    run: [path, "--max-old-space-size={memoryMB}", fileName],
    fork: [path, ...copying, "--max-old-space-size={memoryMB}", fileName]
  }),
  memory: nodeMemory,
  outOfMemory: nodeOutOfMemory
})

/** Cases run in copies of one warm Node.js, as far as these cannot be told from processes of their own. */
export const javascript = withCopies(driver)

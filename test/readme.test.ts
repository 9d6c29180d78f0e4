import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { replayAll } from "./support/replayAll.ts"

const run = promisify(execFile)
const root = resolve(import.meta.dirname, "..")
const readme = readFileSync(join(root, "README.md"), "utf8")

/** The examples that the README shows, by the file name in the comment before them. */
const examples = new Map(
  [...readme.matchAll(/<!-- example: (\S+) -->\n```js\n([\s\S]*?)```/g)].map(([, name, code]) => [
    name!,
    code!
  ])
)

describe("the README's examples", () => {
  let folder = ""

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "seidr-readme-"))
    // As after `npm install seidr effect` in a project of one's own.
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
    writeFileSync(
      join(folder, "sum.yaml"),
      "name: sum\ndescription: Add two integers.\nexamples:\n  - { input: 1 2, output: 3 }\n  - { input: -5 5, output: 0 }\n"
    )
  })
  afterEach(async () => {
    await replayAll(join(folder, "seidr.db"))
    rmSync(folder, { recursive: true })
  })

  const runExample = async (name: string) => {
    const code = examples.get(name)!
    expect(code.trim().split("\n").length).toBeLessThanOrEqual(10)
    // The package finds itself by its name from inside; from outside it would be installed beside the others.
    writeFileSync(
      join(folder, name),
      code.replace('from "seidr"', `from ${JSON.stringify(join(root, "dist/src/programs/index.js"))}`)
    )
    const { stdout } = await run(process.execPath, [name], { cwd: folder, timeout: 120_000 })
    return stdout
  }

  it("solves by a Promise", async () => {
    const lines = (await runExample("promise.mjs")).split("\n")
    expect(lines[0]).toBe("solved 50/50 hidden cases")
    expect(lines.slice(1).join("\n")).toContain("input()")
  }, 150_000)

  it("solves by an Effect with a model of one's own", async () => {
    expect(await runExample("effect.mjs")).toBe("solved\n")
  }, 150_000)

  it("are all run", () => {
    expect([...examples.keys()].sort()).toEqual(["effect.mjs", "promise.mjs"])
  })
})

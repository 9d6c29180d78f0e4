import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { Effect, Either, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readCommandLine, runCommandLine } from "../../../src/programs/cli/app.ts"
import { endingOf } from "../../../src/programs/cli/failure.ts"
import { makeScreen, Screen } from "../../../src/programs/cli/Screen.ts"
import { tagsOf } from "../../support/htmlTags.ts"

const folder = mkdtempSync(join(tmpdir(), "seidr-report-"))
const inFolder = (name: string) => join(folder, name)
beforeAll(() => copyFileSync("test/golden/v1.db", inFolder("golden.db")))
afterAll(() => rmSync(folder, { recursive: true }))

/** What a line says, run in this process on the golden log. */
const said = async (...words: ReadonlyArray<string>) => {
  let out = ""
  let err = ""
  const stream = (write: (text: string) => void) => ({ isTTY: false, write }) as unknown as NodeJS.WriteStream
  const screen = makeScreen({
    out: stream((text) => {
      out += text
    }),
    err: stream((text) => {
      err += text
    }),
    color: false,
    canErase: false,
    seal: "test"
  })
  const line = Either.getOrThrow(readCommandLine([...words, "--db", inFolder("golden.db")]))
  const exit = await Effect.runPromiseExit(
    Effect.provide(runCommandLine(line), Layer.merge(NodeContext.layer, Layer.succeed(Screen, screen)))
  )
  return { out, err, ...endingOf(exit) }
}

describe("seidr report", () => {
  it("writes a page and figures, the same each time, with digests, versions and solutions", async () => {
    const out = inFolder("report.html")
    const first = await said("report", "--out", out, "--figures", inFolder("figures"), "--json")
    expect(first.status, first.message).toBe(0)
    const document = JSON.parse(first.out)
    const html = readFileSync(out, "utf8")
    expect(document).toMatchObject({
      out,
      bytes: Buffer.byteLength(html),
      runs: 2,
      unfinished: 0,
      absent: []
    })
    expect(readdirSync(inFolder("figures")).sort()).toEqual([...document.figures.files].sort())
    expect(tagsOf(html).filter(({ name }) => name === "h2")).toHaveLength(document.sections.length)
    const runs = JSON.parse((await said("runs", "--json")).out) as ReadonlyArray<{ readonly runId: string }>
    for (const { runId } of runs) expect(html).toContain(runId)
    expect(html).toMatch(/sd1-[0-9a-f]{64}/)
    // A report may be written again.
    expect((await said("report", "--out", out)).status).toBe(0)
    expect(readFileSync(out, "utf8")).toBe(html)
  })

  it("takes the place of nothing that is no report, and says which file", async () => {
    const out = inFolder("notes.html")
    writeFileSync(out, "my notes")
    const refused = await said("report", "--out", out)
    expect(refused).toMatchObject({ status: 2, out: "" })
    expect(refused.message).toMatch(/notes\.html: it is there already, and is no report$/)
    expect(readFileSync(out, "utf8")).toBe("my notes")
    expect((await said("report", "--out", inFolder("no/folder.html"))).status).toBe(2)
  })

  it("says which rows of a table have no run, as analyse does", async () => {
    const table = inFolder("grid.csv")
    writeFileSync(table, "task_id,problem\n1,gcd\n2,luhn\n")
    const out = inFolder("empty.html")
    const { err, status } = await said("report", table, "--out", out)
    expect(status).toBe(0)
    expect(err).toMatch(/^2 rows have no run in this log: grid\/1, grid\/2\n/)
    expect(readFileSync(out, "utf8")).toMatch(/<h1>Report on grid<\/h1>/)
    const analysed = await said("analyse", table, "--name", "other", "--json")
    expect(JSON.parse(analysed.out)).toMatchObject({ runs: [], absent: ["other/1", "other/2"] })
    expect((await said("analyse", "--name", "other")).message).toMatch(/--name is for tables/)
  })
})

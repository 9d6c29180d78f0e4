import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { seidr } from "./seidr.ts"

const cwd = mkdtempSync(join(tmpdir(), "seidr-travel-"))
afterAll(() => rmSync(cwd, { recursive: true }))

const run = (...args: ReadonlyArray<string>) => seidr(args, { cwd })
const last = (text: string) => JSON.parse(text.trimEnd().split("\n").at(-1)!) as Record<string, unknown>

describe("time travel on the command line", () => {
  it("forks a run, draws the family, and verifies both", { timeout: 120_000 }, async () => {
    const small = [
      "--max-programs",
      "6",
      "--valid-examples",
      "5",
      "--test-examples",
      "0",
      "--label",
      "parent"
    ]
    const solved = last((await run("solve", "gcd", "--model", "simulated:hard", ...small, "--json")).out)
    const forked = await run(
      "fork",
      "parent",
      "--at",
      "gen:0",
      "--max-programs",
      "2",
      "--label",
      "child",
      "--json"
    )
    const document = last(forked.out)
    expect(document).toMatchObject({
      digest: solved["digest"],
      programs: 2,
      fork: { inherited: { programs: 4 } }
    })
    expect(forked.err).toContain(`a fork of ${solved["runId"]}`)
    expect(forked.err).toMatch(
      /inherited 4 programs and 4 calls \(\d+\+\d+ tokens\), and adopted \d+ of its own calls \(/
    )
    const family = (await run("runs", "--lineage")).out
    expect(family).toMatch(
      new RegExp(`^${solved["runId"]} .*\\n└─ ${document["runId"]} after \\d+ \\(child\\)`)
    )
    const verified = last((await run("verify", "--json")).out)
    expect(verified).toMatchObject({ intact: true, findings: [] })
    const { heads } = verified as {
      readonly heads: ReadonlyArray<{ run: string; pos: number; hash: string }>
    }
    expect(heads.map((head) => head.run)).toEqual([solved["runId"], document["runId"]])
    const other = await run("verify", "child", "--expect", `${heads[0]!.pos}:${heads[1]!.hash}`)
    expect([other.status, other.out]).toEqual([1, expect.stringContaining("another past")])
    const taped = last(
      (await run("solve", "gcd", "--model", "tape:parent", ...small.slice(0, 6), "--json")).out
    )
    expect(taped).toMatchObject({
      best: solved["best"],
      tokens: { in: 0, out: 0 },
      tape: { exact: solved["calls"], resampled: 0, tokens: solved["tokens"] }
    })
    const refused = await run("fork", "parent", "--at", "gen:0", "--language", "cpp")
    expect([refused.status, refused.err]).toEqual([2, expect.stringContaining("--language")])
  })
})

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { Effect, Either, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readCommandLine, runCommandLine } from "../../../src/programs/cli/app.ts"
import { endingOf } from "../../../src/programs/cli/failure.ts"
import { makeScreen, Screen } from "../../../src/programs/cli/Screen.ts"

const folder = mkdtempSync(join(tmpdir(), "seidr-analyse-"))
const log = join(folder, "golden.db")
beforeAll(() => copyFileSync("test/golden/v1.db", log))
afterAll(() => rmSync(folder, { recursive: true }))

/** What a line prints, run in this process on the golden log. */
const printed = async (...words: ReadonlyArray<string>) => {
  let out = ""
  const stream = { isTTY: false, write: (text: string) => (out += text) } as unknown as NodeJS.WriteStream
  const screen = makeScreen({ out: stream, err: stream, color: false, canErase: false, seal: "test" })
  const line = Either.getOrThrow(readCommandLine(["analyse", ...words, "--db", log]))
  const exit = await Effect.runPromiseExit(
    Effect.provide(runCommandLine(line), Layer.merge(NodeContext.layer, Layer.succeed(Screen, screen)))
  )
  return { out, ...endingOf(exit) }
}

const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((row) => row.split(","))

describe("seidr analyse", () => {
  it("tells the figures of a log as one document", async () => {
    const { status, out } = await printed("--json", "--pass-at", "2,1,2", "--seed", "-7")
    expect(status).toBe(0)
    expect(out.trimEnd().split("\n")).toHaveLength(1)
    const document = JSON.parse(out)
    expect(document).toMatchObject({ seed: -7, confidence: 0.95, unfinished: [] })
    expect(document.settings).toHaveLength(2)
    expect(document.runs).toHaveLength(2)
    for (const { passAtK, cost, tokens, solved } of document.groups) {
      expect(passAtK.map((row: { readonly k: number }) => row.k)).toEqual([1, 2])
      expect(cost.value).toBeNull()
      expect(tokens.value).toBeGreaterThan(0)
      expect(solved).toMatchObject({ n: 1, method: "wilson" })
    }
  })

  it("takes only the runs that are named, and prices", async () => {
    const prices = join(folder, "prices.yaml")
    writeFileSync(prices, "simulated:hard: { in: 1, out: 10 }\n")
    const { out } = await printed("--json", "golden-model", "golden-model", "--prices", prices)
    const { runs, groups } = JSON.parse(out)
    expect(runs.map((run: { readonly label: string }) => run.label)).toEqual(["golden-model"])
    const [{ tokensIn, tokensOut }] = runs
    expect(groups[0].cost.value).toBeCloseTo((tokensIn + 10 * tokensOut) / 1e6, 12)
    expect((await printed("golden-model", "nothing")).message).toMatch(/no run is called "nothing"/)
  })

  it("prints tables and CSV", async () => {
    const figures = rowsOf((await printed("--csv")).out)
    expect(figures[0]).toEqual(["setting", "problem", "metric", "at", "value", "low", "high", "n", "method"])
    expect(new Set(figures.map((row) => row.length))).toEqual(new Set([9]))
    const runs = rowsOf((await printed("--csv", "--by-run")).out)
    expect(runs.map((row) => row.length)).toEqual([runs[0]!.length, runs[0]!.length, runs[0]!.length])
    expect((await printed("--by-run")).out.split("\n")[0]).toMatch(/^runId +label +problem/)
    const { out } = await printed()
    expect(out).toMatch(/^2 runs under 2 settings\n/)
    expect(out).toMatch(/s1 to s2 +solved +0 +0 +0 +- +1 +undecided/)
  })
})

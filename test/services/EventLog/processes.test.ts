import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Array as Arr, Effect } from "effect"
import { buildSync } from "esbuild"
import type { RunId } from "../../../src/domain/ids.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { allRows, linksOf, type Row } from "./links.ts"
import { openLog } from "./openLog.ts"
import { entry, resumed, runNamed } from "./samples.ts"

/** Linked into one file, which starts in a third of the time: many of them are started here. */
const script = fileURLToPath(new URL("../../../dist/appending.js", import.meta.url))
buildSync({
  entryPoints: [fileURLToPath(new URL("children/appending.mjs", import.meta.url))],
  outfile: script,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["better-sqlite3"]
})

/** A process that appends; `told` is what it has printed. */
const appending = (file: string, runId: RunId, count: number) => {
  const child = spawn(process.execPath, [script, file, runId, String(count)], {
    stdio: ["ignore", "pipe", "pipe"]
  })
  const heard = { out: "", err: "" }
  child.stdout.on("data", (bytes: Buffer) => (heard.out += bytes.toString("utf8")))
  child.stderr.on("data", (bytes: Buffer) => (heard.err += bytes.toString("utf8")))
  return { child, heard, closed: once(child, "close") }
}

const rowsOf = (file: string): ReadonlyArray<Row> => {
  const database = new Database(file, { readonly: true })
  const rows = database.prepare(allRows).all() as Array<Row>
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok")
  database.close()
  return rows
}

const linesOf = (text: string): ReadonlyArray<string> => text.split("\n").slice(0, -1)

/** A process needs half a second of a free processor to start, and here there are many. */
const patience = 300_000

describe("processes", () => {
  it.scopedLive(
    "50 of them open a new file at once, and each writes its run",
    () =>
      Effect.gen(function* () {
        const file = yield* temporaryLog
        const children = Arr.makeBy(50, (index) => appending(file, runNamed(index), 2))
        yield* Effect.promise(() => Promise.all(children.map(({ closed }) => closed)))
        expect(children.map(({ heard }) => heard.err).join("")).toBe("")
        const rows = rowsOf(file)
        for (const [index, { heard }] of children.entries()) {
          const mine = rows.filter(({ run_id }) => run_id === runNamed(index))
          expect(mine.map(({ pos }) => pos)).toEqual(Arr.range(0, 7))
          expect(mine.map(({ link }) => link)).toEqual(linksOf(mine))
          expect(linesOf(heard.out)).toHaveLength(8)
        }
      }),
    patience
  )

  it.scopedLive(
    "what one was told is in the file, at whatever moment it is killed",
    () =>
      Effect.gen(function* () {
        const file = yield* temporaryLog
        const told: Array<readonly [RunId, string]> = []
        // Each one is killed some acknowledgements later than the one before; the last ones while they open the file.
        for (let round = 0; round < 24; round++) {
          const runId = runNamed(round % 8)
          const { child, heard, closed } = appending(file, runId, 100_000)
          yield* Effect.promise(() => killedAfter(child, heard, round < 20 ? (round * 37) % 200 : 0))
          yield* Effect.promise(() => closed)
          expect(heard.err).toBe("")
          told.push(...linesOf(heard.out).map((line) => [runId, line] as const))
        }
        expect(told.length).toBeGreaterThan(500)
        const rows = new Map(rowsOf(file).map((row) => [`${row.run_id} ${row.pos}`, row]))
        for (const [runId, line] of told) {
          const [pos, epoch, hash] = line.split(" ")
          expect(rows.get(`${runId} ${pos}`)).toMatchObject({
            link: hash,
            data: expect.stringContaining(`"epoch":${epoch},`)
          })
        }
        for (const runId of Arr.makeBy(8, runNamed)) {
          const mine = [...rows.values()].filter(({ run_id }) => run_id === runId)
          expect(mine.map(({ pos }) => pos)).toEqual(mine.map((_, index) => index))
          expect(mine.map(({ link }) => link)).toEqual(linksOf(mine))
        }
        const { log } = yield* openLog(file)
        expect(yield* log.append(runNamed(0), [entry(resumed(0))], [])).toHaveLength(1)
      }),
    patience
  )
})

/** Kills a process when it has printed a number of lines; with 0, some random time after its start. */
const killedAfter = (child: ChildProcess, heard: { readonly out: string }, lines: number): Promise<void> =>
  new Promise((resolve) => {
    const kill = () => {
      child.kill("SIGKILL")
      resolve()
    }
    if (lines === 0) {
      setTimeout(kill, 1_000 * Math.random())
      return
    }
    child.stdout!.on("data", () => {
      if (linesOf(heard.out).length >= lines) kill()
    })
  })

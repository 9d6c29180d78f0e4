import { copyFileSync, existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import { readCommandLine, runCommandLine } from "../../../src/programs/cli/app.ts"
import { endingOf } from "../../../src/programs/cli/failure.ts"
import { makeScreen, Screen } from "../../../src/programs/cli/Screen.ts"
import { tablesOf } from "../../support/tables.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

/** Runs a line in this process: how it ends, and what it prints. */
const run = (...words: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    let out = ""
    const stream = { isTTY: false, write: (text: string) => (out += text) } as unknown as NodeJS.WriteStream
    const screen = makeScreen({ out: stream, err: stream, color: false, canErase: false, seal: "test" })
    const line = Either.getOrThrowWith(readCommandLine(words), (reason) => new Error(reason))
    const exit = yield* Effect.exit(
      Effect.provide(runCommandLine(line), Layer.merge(NodeContext.layer, Layer.succeed(Screen, screen)))
    )
    return { ...endingOf(exit), out }
  })

const ran = (...words: ReadonlyArray<string>) =>
  Effect.map(run(...words), ({ status, message, out }) => {
    expect({ status, message }).toEqual({ status: 0, message: undefined })
    return out
  })

const golden = Effect.tap(temporaryLog, (file) =>
  Effect.sync(() => copyFileSync(fileURLToPath(new URL("../../golden/v1.db", import.meta.url)), file))
)

describe("export, import and merge", () => {
  it.scopedLive("say what they did, to people and as documents", () =>
    Effect.gen(function* () {
      const db = yield* golden
      const at = (name: string) => join(dirname(db), name)
      const archive = at("runs.seidr")
      const made = JSON.parse(yield* ran("export", "golden-static", "--out", archive, "--db", db, "--json"))
      expect(made).toMatchObject({ format: "archive", file: archive, heads: [{ pos: 49 }], events: 50 })
      const [{ run: runId }] = made.heads
      const imported = yield* ran("import", archive, "--db", at("other.db"))
      expect(imported).toBe(
        `${runId}  added, 50 events\n${at("other.db")}: 1 runs added, 0 extended, 0 known already\n`
      )
      const merged = JSON.parse(yield* ran("merge", at("other.db"), db, "--into", at("all.db"), "--json"))
      expect(merged).toMatchObject({
        file: at("all.db"),
        runs: [{ run: runId, outcome: "added" }, { outcome: "added" }]
      })
      expect(tablesOf(at("all.db"))).toEqual(tablesOf(db))
      const csv = yield* ran(
        "export",
        "--format",
        "csv",
        "--table",
        "runs",
        "--out",
        at("runs.csv"),
        "--db",
        db
      )
      expect(csv).toBe(`${at("runs.csv")}: 2 rows\n`)
      const all = JSON.parse(
        yield* ran("export", "--format", "parquet", "--out", at("all"), "--db", db, "--json")
      )
      expect(all.files).toMatchObject([
        { table: "runs", rows: 2 },
        { rows: 24 },
        { rows: 30 },
        { rows: 152 },
        { rows: 22 }
      ])
    })
  )

  it.scopedLive("refuse what they cannot do with status 2, and leave nothing behind", () =>
    Effect.gen(function* () {
      const db = yield* golden
      const into = join(dirname(db), "into.db")
      const out = join(dirname(db), "out")
      for (const [words, says] of [
        [["merge", "--into", into], /merge needs LOG; usage: seidr merge LOG\.\.\. --into FILE/],
        [["merge", db], /merge needs --into/],
        [["merge", db, `${db}x`, "--into", into], /log\.dbx.*there is no log yet/],
        [["merge", db, "--into", into, "--db", db], /merge does not take --db: .*--into/],
        [["import", db, "--db", into], /log\.db: it is no archive of seidr/],
        [["import", "--db", into], /import needs FILE/],
        [["import", `${db}\u001b[31m`, "--db", into], /\\x1b\[31m: there is no such file/],
        [["export", "--db", db], /export needs --out/],
        [["export", "nothing", "--out", out, "--db", db], /no run is called "nothing"/],
        [["export", "--out", db, "--db", db], /log\.db: it is there already/],
        [["export", "--out", join(out, "deeper"), "--db", db], /deeper: it cannot be written/],
        [["export", "--table", "nodes", "--out", out, "--db", db], /--table needs --format/],
        [["export", "--format", "xlsx", "--out", out, "--db", db], /one of archive, jsonl, csv, parquet/],
        [["export", "--format", "csv", "--out", db, "--db", db], /log\.db: it is no folder/]
      ] as const) {
        const { status, message } = yield* run(...words)
        expect({ status, message }, words.join(" ")).toEqual({
          status: 2,
          message: expect.stringMatching(says)
        })
      }
      expect([into, out].filter(existsSync)).toEqual([])
    })
  )
})

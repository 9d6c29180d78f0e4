import { copyFileSync, existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { inFolder, seidr, start } from "../programs/cli/seidr.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { killed } from "./support/killing.ts"

const oracle = { seed: 6, cases: 4, skill: 0.05, silence: 0.1 }
const settings = { ...published, maxPrograms: 1_200, drafts: 200, beamWidth: 50 }
const kills = 40

/** Every event, in order; none where there is no log yet. */
const eventsIn = (file: string): ReadonlyArray<string> => {
  if (!existsSync(file)) return []
  const database = new Database(file, { readonly: true })
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok")
  const isLog = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'event'").get() !== undefined
  const rows = isLog
    ? database.prepare("SELECT run_id, pos, lower(hex(hash)) AS hash FROM event ORDER BY run_id, pos").all()
    : []
  database.close()
  return rows.map((row) => JSON.stringify(row))
}

const searched = (cwd: string, name: string, seed: number, maxPrograms: number) =>
  Effect.runPromise(
    Effect.provide(
      solveAndReplay(preparedIn({ settings: { ...settings, seed, maxPrograms }, oracle })),
      searching({ database: join(cwd, name), model: oracleModel(oracle) })
    )
  )

const done = async (cwd: string, ...args: ReadonlyArray<string>) => {
  const { status, err } = await seidr(args, { cwd })
  expect([status, err]).toEqual([0, expect.anything()])
}

describe("an import that is killed", { timeout: 1_800_000 }, () => {
  it("has taken over everything or nothing, into a new log or one that has runs", async () => {
    await inFolder(async (cwd) => {
      await searched(cwd, "from.db", 1, settings.maxPrograms)
      await searched(cwd, "own.db", 2, 250)
      await done(cwd, "export", "--db", "from.db", "--out", "all.seidr")
      const before = eventsIn(join(cwd, "own.db"))
      copyFileSync(join(cwd, "own.db"), join(cwd, "whole.db"))
      const began = performance.now()
      await done(cwd, "import", "all.seidr", "--db", "whole.db")
      const taken = performance.now() - began
      const after = eventsIn(join(cwd, "whole.db"))
      const imported = eventsIn(join(cwd, "from.db"))
      expect(after.length).toBe(before.length + imported.length)
      let [nothing, everything] = [0, 0]
      for (let kill = 0; kill < kills; kill++) {
        const isNew = kill % 2 === 0
        const name = `into-${kill}.db`
        if (!isNew) copyFileSync(join(cwd, "own.db"), join(cwd, name))
        const running = start(["import", "all.seidr", "--db", name], { cwd })
        await Promise.race([
          running.ended,
          new Promise((past) => setTimeout(past, (taken * (kill + 1)) / kills))
        ])
        await killed(running)
        const found = eventsIn(join(cwd, name))
        const [none, all] = isNew ? [[], imported] : [before, after]
        if (found.length === none.length) nothing += 1
        else everything += 1
        expect(found).toEqual(found.length === none.length ? none : all)
        await done(cwd, "import", "all.seidr", "--db", name)
        expect(eventsIn(join(cwd, name))).toEqual(all)
        if (kill % 10 === 0) await done(cwd, "verify", "--db", name)
      }
      expect(nothing).toBeGreaterThan(0)
      const names = /^(?:all\.seidr|(?:from|own|whole|into-\d+)\.db(?:-wal|-shm)?)$/
      expect(readdirSync(cwd).filter((name) => !names.test(name))).toEqual([])
      console.log(
        `${kills} kills of an import of ${imported.length} events: ${nothing} times nothing of it, ${everything} times all`
      )
    })
  })
})

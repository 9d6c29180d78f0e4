import { execFileSync } from "node:child_process"
import { copyFileSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { layerWriter } from "../../src/services/EventLog/sqlite/connect.ts"
import { tableNames } from "../../src/services/LogExport.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const documented = readFileSync(fileURLToPath(new URL("../../docs/analysis.md", import.meta.url)), "utf8")

/** The indented blocks of the page. */
const blocks = [...documented.matchAll(/(?:^ {4}.*\n?)+/gm)].map(([block]) => block.replace(/^ {4}/gm, ""))

/** The golden log, brought up to the views as a newer seidr does when it opens it for writing. */
const log = Effect.gen(function* () {
  const file = yield* temporaryLog
  copyFileSync(fileURLToPath(new URL("../golden/v1.db", import.meta.url)), file)
  yield* Effect.scoped(Layer.build(layerWriter(file)))
  return file
})

const hasPandas = (): boolean => {
  try {
    execFileSync("python3", ["-c", "import pandas"], { stdio: "ignore" })
    return true
  } catch {
    return false
  }
}

describe("docs/analysis.md", () => {
  it.scopedLive("asks questions that have answers", () =>
    Effect.gen(function* () {
      const database = new Database(yield* log, { readonly: true })
      const questions = blocks.filter((block) => /^(SELECT|WITH)/.test(block))
      expect(questions.length).toBeGreaterThanOrEqual(9)
      for (const question of questions) expect(database.prepare(question).all(), question).not.toEqual([])
      const [shell] = blocks.filter((block) => block.startsWith("sqlite3 "))
      expect(database.prepare(/"(.*)"/.exec(shell!)![1]!).all()).toHaveLength(2)
      database.close()
    })
  )

  it.scopedLive("names every column of the views, and no other", () =>
    Effect.gen(function* () {
      const database = new Database(yield* log, { readonly: true })
      for (const table of tableNames) {
        const section = documented.split(`**\`${table}\`**`)[1]!.split(/\*\*`|\n## /)[0]!
        const rows = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, names]) => names!)
        const names = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name!))
        const columns = database
          .prepare(`SELECT * FROM ${table}`)
          .columns()
          .map(({ name }) => name)
        expect(names.sort(), table).toEqual(columns.sort())
      }
      database.close()
    })
  )

  it.scopedLive.skipIf(!hasPandas())("shows pandas what it says (skipped where there is no pandas)", () =>
    Effect.gen(function* () {
      const file = yield* log
      const code = /^python3 - seidr.db <<'EOF'\n([\s\S]*)EOF$/m.exec(
        blocks.find((block) => block.startsWith("python3"))!
      )![1]!
      expect(execFileSync("python3", ["-", file], { input: code, encoding: "utf8" })).toMatch(/mean/)
    })
  )
})

import { copyFileSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, Either } from "effect"
import { broughtUp, eventForms, type Fields, type Forms } from "../../../src/domain/eventForms.ts"
import { canonicalJson } from "../../../src/domain/hash.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const golden = join(root, "test/golden")

interface StoredFields {
  readonly type: string
  readonly ver: number
  readonly data: string
}

/** The fields of stored events that SQL reads, wherever in the sources it stands. */
const readBySql = (): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const folder of ["src", "migrations"]) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue
      const text = readFileSync(join(root, folder, file), "utf8")
      for (const [, name] of text.matchAll(/\bdata ->>? '(\w+)'/g)) names.add(name!)
      for (const [, name] of text.matchAll(/\bjson_\w+\((?:\w+\.)?data, '\$\.(\w+)/g)) names.add(name!)
    }
  }
  return names
}

/** Fields that SQL reads and that are not as they are stored once an event is brought up to the present form. */
const moved = (rows: ReadonlyArray<StoredFields>, forms: Forms): ReadonlySet<string> => {
  const names = readBySql()
  const found = new Set<string>()
  for (const { type, ver, data } of rows) {
    const stored = JSON.parse(data) as Fields
    const present = Either.getOrThrowWith(broughtUp(type, ver, stored, forms), (reason) => new Error(reason))
    for (const name of names) {
      const [before, after] = [canonicalJson(stored[name]), canonicalJson(present[name])]
      if (before !== after) found.add(`${type}.${name} of version ${ver}`)
    }
  }
  return found
}

/** The events of every released version. */
const goldenRows = Effect.gen(function* () {
  const rows: Array<StoredFields> = []
  for (const name of readdirSync(golden).filter((file) => file.endsWith(".db"))) {
    const copy = yield* temporaryLog
    copyFileSync(join(golden, name), copy)
    const file = new Database(copy, { readonly: true })
    rows.push(...(file.prepare("SELECT type, ver, data FROM event").all() as Array<StoredFields>))
    file.close()
  }
  return rows
})

describe("what SQL reads of stored events", () => {
  it.scopedLive("is in every released form as it is in the present one", () =>
    Effect.gen(function* () {
      const names = readBySql()
      for (const name of ["score", "verdicts", "survivors", "index", "at", "settings"]) {
        expect(names).toContain(name)
      }
      const rows = yield* goldenRows
      expect(rows.length).toBeGreaterThan(100)
      // Who moves such a field says in `docs/decisions/0012` what the statements that read it do about older rows.
      expect([...moved(rows, eventForms)]).toEqual([])
    })
  )

  it.scopedLive("is found out when a new form moves it, and only then", () =>
    Effect.gen(function* () {
      const rows = yield* goldenRows
      const renamed: Forms = {
        ...eventForms,
        ProgramEvaluated: [({ score, ...fields }) => ({ ...fields, mean: score })]
      }
      expect([...moved(rows, renamed)]).toEqual(["ProgramEvaluated.score of version 1"])
      const widened: Forms = {
        ...eventForms,
        ProgramEvaluated: [(fields) => ({ ...fields, judge: "lines" })]
      }
      expect([...moved(rows, widened)]).toEqual([])
    })
  )
})

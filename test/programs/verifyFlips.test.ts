import { readFileSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { randomFor } from "../../src/domain/random.ts"
import { madeLog } from "../support/rewrittenLog.ts"
import { temporaryLog } from "../support/temporaryLog.ts"
import { verified } from "./verifying.ts"

describe("verify", () => {
  it.scopedLive("finds every flipped bit that changes what a reader would see", () =>
    Effect.gen(function* () {
      const { database } = yield* madeLog
      const bytes = readFileSync(database)
      const random = randomFor(1, "flips")
      const whole = yield* contentOf(database)
      let hits = 0
      for (let flip = 0; flip < 25; flip++) {
        const copy = yield* temporaryLog
        const flipped = Buffer.from(bytes)
        const at = random.integer(0, flipped.length - 1)
        flipped[at] = flipped[at]! ^ (1 << random.integer(0, 7))
        writeFileSync(copy, flipped)
        const content = yield* contentOf(copy)
        const outcome = yield* Effect.either(verified(copy))
        const isFound = outcome._tag === "Left" || outcome.right.findings.length > 0
        if (content !== whole) {
          hits += 1
          expect(isFound, `bit of byte ${at}`).toBe(true)
        }
      }
      expect(hits).toBeGreaterThan(5)
    })
  )
})
/** Everything that readers would see; undefined where a file cannot be read at all. */
const contentOf = (database: string) =>
  Effect.sync(() => {
    try {
      const file = new Database(database)
      const rows = ["event", "blob", "lineage", "run"].map((table) =>
        JSON.stringify(file.prepare(`SELECT * FROM ${table} ORDER BY 1`).all())
      )
      file.close()
      return rows.join("\n")
    } catch {
      return undefined
    }
  })

import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { RecentTexts } from "../../../src/services/EventLog/sqlite/RecentTexts.ts"

const most = 8
const hashes = FastCheck.array(FastCheck.integer({ min: 0, max: 20 }).map(String), { maxLength: 60 })

describe("the texts that a log is known to hold", () => {
  it.prop(
    "are those that were added: the newest half at least, and never more than there is room for",
    [hashes],
    ([added]) => {
      const texts = new RecentTexts(most)
      for (const [index, hash] of added.entries()) {
        texts.add(hash)
        const soFar = added.slice(0, index + 1)
        const known = [...new Set(added)].filter((one) => texts.has(one))
        expect(known.length).toBeLessThanOrEqual(most)
        for (const one of known) expect(soFar).toContain(one)
        for (const one of soFar.slice(-most / 2)) expect(known).toContain(one)
      }
      texts.clear()
      expect(added.filter((one) => texts.has(one))).toEqual([])
    }
  )
})

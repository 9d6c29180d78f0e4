import { describe, it } from "@effect/vitest"
import { manyPrograms } from "../support/manyPrograms.ts"

describe("the ring", () => {
  it.scopedLive.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "brings 10,000 programs through inboxes of %i without a standstill",
    (capacity) => manyPrograms(10_000, capacity),
    600_000
  )
})

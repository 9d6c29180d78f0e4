import { describe, expect, it } from "@effect/vitest"
import { Either, FastCheck } from "effect"
import { arrayRangeText, readArrayRange } from "../../../src/domain/slurm/arrayRange.ts"

const read = (text: string, others?: ReadonlyArray<number>) =>
  Either.getOrElse(readArrayRange(text, others), () => undefined)

describe("the indices of a job array", () => {
  it.each([
    ["3", [3], undefined],
    ["1-4%2", [1, 2, 3, 4], 2],
    ["7-9,0,3,8", [0, 3, 7, 8, 9], undefined],
    ["0-100:50", [0, 50, 100], undefined],
    [" 1 - 2 , 5 % 3 ", [1, 2, 5], 3],
    ["%20", [4, 6], 20]
  ])("are read from %s", (text, indices, atOnce) => {
    expect(read(text, [4, 6])).toEqual({ indices, atOnce })
  })

  it.each(["", "%", "%0", "4-1", "1-5:0", "a", "-1", "1,,2", "1-", "1-2-3", "0-4000001", "1%2%3", "1.5"])(
    "are not read from %j",
    (text) => {
      expect(readArrayRange(text, [1])).toMatchObject({ left: expect.stringContaining("as 1-500") })
    }
  )

  it("are written as short as it can be", () => {
    expect(arrayRangeText({ indices: [0, 1, 2, 4, 6, 7], atOnce: 20 })).toBe("0-2,4,6-7%20")
    expect(arrayRangeText({ indices: [5], atOnce: undefined })).toBe("5")
  })

  it.prop(
    "are read as they were written",
    [
      FastCheck.uniqueArray(FastCheck.nat(4_000_000), { minLength: 1 }),
      FastCheck.option(FastCheck.integer({ min: 1, max: 999 }), { nil: undefined })
    ],
    ([indices, atOnce]) => {
      const range = { indices: indices.sort((one, other) => one - other), atOnce }
      expect(read(arrayRangeText(range))).toEqual(range)
    }
  )
})

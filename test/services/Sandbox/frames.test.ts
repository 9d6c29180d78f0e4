import { describe, expect, it } from "@effect/vitest"
import { FastCheck as fc } from "effect"
import { encodeFrame, FrameReader } from "../../../src/services/Sandbox/frames.ts"

describe("frames", () => {
  it.prop(
    "come out whole, however they were cut",
    [fc.array(fc.tuple(fc.string(), fc.uint8Array({ maxLength: 300 }))), fc.array(fc.nat(400))],
    ([messages, cuts]) => {
      const stream = Buffer.concat(messages.map(([header, body]) => encodeFrame({ header }, body)))
      const reader = new FrameReader(2 ** 20)
      const frames = []
      let from = 0
      for (const cut of [...cuts, stream.length]) {
        frames.push(...reader.push(stream.subarray(from, from + cut)))
        from += cut
      }
      expect(frames.map(({ header, body }) => [header, [...body]])).toEqual(
        messages.map(([header, body]) => [{ header }, [...body]])
      )
    }
  )

  it("refuses one that is too large before it has arrived", () => {
    const frame = encodeFrame({}, Buffer.alloc(2_000))
    expect(() => new FrameReader(1_000).push(frame.subarray(0, 8))).toThrow(RangeError)
  })
})

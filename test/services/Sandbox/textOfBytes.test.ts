import { describe, expect, it } from "@effect/vitest"
import { FastCheck as fc } from "effect"
import { bytesOfText, textOfBytes } from "../../../src/services/Sandbox/textOfBytes.ts"

/** Bytes that are nearly UTF-8: beginnings, ends and too long forms of characters. */
const nearly = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        [0xc3],
        [0xe2, 0x82],
        [0xf0, 0x9f, 0x98],
        [0x80],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90]
      ),
      fc.constantFrom([0xf5, 0x80, 0x80, 0x80], [0xe0, 0x9f, 0xbf], [0xf0, 0x8f, 0xbf, 0xbf], [0xff], [0xfe]),
      fc.string({ unit: "binary", maxLength: 3 }).map((text) => [...Buffer.from(text)])
    )
  )
  .map((parts) => Uint8Array.from(parts.flat()))

describe("bytes as text", () => {
  it.prop("come back as they were", [fc.oneof(nearly, fc.uint8Array())], ([bytes]) => {
    expect([...bytesOfText(textOfBytes(Buffer.from(bytes)))]).toEqual([...bytes])
  })

  it.prop("are what they are where they are UTF-8", [fc.string({ unit: "binary" })], ([text]) => {
    const bytes = Buffer.from(text)
    expect(textOfBytes(bytes)).toBe(bytes.toString())
    expect(bytesOfText(bytes.toString()).equals(bytes)).toBe(true)
  })

  it.prop("other bytes change nothing of the text beside them", [fc.string({ unit: "binary" })], ([text]) => {
    const whole = Buffer.from(text)
    expect(textOfBytes(Buffer.concat([whole, Buffer.of(0xff), whole]))).toBe(`${whole}\udcff${whole}`)
  })
})

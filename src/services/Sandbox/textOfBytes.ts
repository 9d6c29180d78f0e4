import { isUtf8 } from "node:buffer"

/**
 * What a program printed, as text that keeps every byte: one that is part of no UTF-8 character becomes one of U+DC80
 * to U+DCFF, which no text in UTF-8 holds. So outputs are equal where their bytes are.
 */
export const textOfBytes = (bytes: Buffer): string => {
  if (isUtf8(bytes)) return bytes.toString("utf8")
  const units = new Uint16Array(bytes.length)
  let count = 0
  for (let at = 0; at < bytes.length; ) {
    const length = lengthAt(bytes, at)
    const point = length === 0 ? escapes + bytes[at]! : pointAt(bytes, at, length)
    if (point >= 0x10000) {
      units[count++] = 0xd7c0 + (point >> 10)
      units[count++] = 0xdc00 + (point & 0x3ff)
    } else units[count++] = point
    at += Math.max(1, length)
  }
  return Buffer.from(units.buffer, 0, 2 * count).toString("utf16le")
}

/** The inverse of `textOfBytes`. Other halves of characters, which are no text either, become U+FFFD. */
export const bytesOfText = (text: string): Buffer => {
  const pieces = text.split(escaped)
  if (pieces.length === 1) return Buffer.from(text, "utf8")
  return Buffer.concat(
    pieces.map((piece, index) =>
      // Every second piece is a run of escapes.
      index % 2 === 0
        ? Buffer.from(piece, "utf8")
        : Buffer.from(piece, "utf16le").filter((_, at) => at % 2 === 0)
    )
  )
}

const escapes = 0xdc00
const escaped = /((?<![\ud800-\udbff])[\udc80-\udcff]+)/

/** The least character that takes so many bytes: a longer way to write it is none. */
const least = [0, 0, 0x80, 0x800, 0x10000]

/** How many bytes the character takes that begins here; 0 where none does. */
const lengthAt = (bytes: Buffer, at: number): number => {
  const lead = bytes[at]!
  if (lead < 0x80) return 1
  const length = lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0
  for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  if (length === 0) return 0
  const point = pointAt(bytes, at, length)
  return point < least[length]! || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0 : length
}

const pointAt = (bytes: Buffer, at: number, length: number): number => {
  if (length === 1) return bytes[at]!
  let point = bytes[at]! & (0x7f >> length)
  for (let next = 1; next < length; next++) point = (point << 6) | (bytes[at + next]! & 0x3f)
  return point
}

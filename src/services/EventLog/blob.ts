import { deflateSync, inflateSync } from "node:zlib"
import { sha256 } from "../../domain/hash.ts"

/** Texts above this size are refused; programs, answers and outputs are capped far below. */
export const maxBlobBytes = 64 * 2 ** 20

/** Shorter texts gain nothing by being compressed. */
const worthCompressing = 400

export interface BlobRow {
  readonly hash: string
  readonly size: number
  readonly encoding: "utf8" | "deflate"
  readonly content: Uint8Array
}

/**
 * A text under its name as it is stored: compressed where that makes it smaller, in zlib's format, which SQLite's shell
 * reads by `sqlar_uncompress(content, size)`.
 */
export const toBlob = (hash: string, text: string): BlobRow => {
  const plain = Buffer.from(text, "utf8")
  if (plain.length >= worthCompressing) {
    const packed = deflateSync(plain)
    if (packed.length < plain.length)
      return { hash, size: plain.length, encoding: "deflate", content: packed }
  }
  return { hash, size: plain.length, encoding: "utf8", content: plain }
}

/** The text of a blob; throws a readable error when the content does not have the hash that names it. */
export const fromBlob = (row: BlobRow): string => {
  const { hash, size, encoding, content } = row
  const isPacked = encoding === "deflate"
  if (!isPacked && encoding !== "utf8") throw new Error(`text ${hash} is damaged: it has an unknown encoding`)
  const bytes = isPacked ? unpacked(row) : content
  if (sha256(bytes) !== hash) throw new Error(`text ${hash} is damaged: its content has another hash`)
  if (bytes.length !== size) throw new Error(`text ${hash} is damaged: it has another size`)
  return Buffer.from(bytes).toString("utf8")
}

const unpacked = ({ hash, content }: BlobRow): Uint8Array => {
  try {
    return inflateSync(content, { maxOutputLength: maxBlobBytes })
  } catch (error) {
    throw new Error(`text ${hash} is damaged: ${error instanceof Error ? error.message : String(error)}`)
  }
}

import { deflateSync, inflateSync } from "node:zlib"
import { sha256 } from "../../domain/hash.ts"

/** Texts above this size are refused; programs, answers and outputs are capped far below. */
export const maxBlobBytes = 64 * 2 ** 20

/** Shorter texts gain a few hundred bytes at most, and zlib takes longer to begin than all else that is done with them. */
const worthCompressing = 1_000

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
    const packed = deflateSync(plain, fitting(plain.length))
    if (packed.length < plain.length)
      return { hash, size: plain.length, encoding: "deflate", content: packed }
  }
  return { hash, size: plain.length, encoding: "utf8", content: plain }
}

/** No more memory than a text of some bytes needs: zlib's own defaults cost more time than a short text itself. */
const fitting = (bytes: number) => {
  const windowBits = Math.min(15, Math.max(9, Math.ceil(Math.log2(bytes))))
  return { windowBits, memLevel: Math.min(8, windowBits - 6), chunkSize: buffered(bytes) }
}

/** Bytes of a buffer for a text of some bytes. */
const buffered = (bytes: number): number => Math.min(2 ** 16, Math.max(64, bytes))

/** The text of a blob; throws a readable error when the content does not have the hash that names it. */
export const fromBlob = (row: BlobRow): string => {
  const { hash, size, encoding, content } = row
  const isPacked = encoding === "deflate"
  if (!isPacked && encoding !== "utf8") throw new Error(`text ${hash} is damaged: it has an unknown encoding`)
  const bytes = isPacked ? unpacked(row) : content
  if (sha256(bytes) !== hash) throw new Error(`text ${hash} is damaged: its content has another hash`)
  if (bytes.length !== size) throw new Error(`text ${hash} is damaged: it has another size`)
  return (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)).toString("utf8")
}

const unpacked = ({ hash, size, content }: BlobRow): Uint8Array => {
  try {
    return inflateSync(content, { maxOutputLength: maxBlobBytes, chunkSize: buffered(size) })
  } catch (error) {
    throw new Error(`text ${hash} is damaged: ${error instanceof Error ? error.message : String(error)}`)
  }
}

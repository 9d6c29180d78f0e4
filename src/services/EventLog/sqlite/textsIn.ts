import type { Ref } from "../../../domain/events.ts"
import { type BlobRow, fromBlob } from "../blob.ts"
import type { Ask } from "./connection.ts"

/** Many texts of this size (in bytes) can be in memory together. */
const mostBytes = 2 ** 16

const statement = `SELECT hash, size, encoding, content FROM blob
  WHERE hash IN (SELECT value FROM json_each(?)) AND size <= ${mostBytes}`

/** Those of some texts that are there and whole, and not so long that each is better read alone. */
export const textsIn = (ask: Ask, refs: ReadonlyArray<Ref>): ReadonlyMap<Ref, string> => {
  const texts = new Map<Ref, string>()
  if (refs.length === 0) return texts
  for (const row of ask<BlobRow>(statement, [JSON.stringify(refs)])) {
    const text = readable(row)
    if (text !== undefined) texts.set(row.hash, text)
  }
  return texts
}

/** What is damaged is left to whoever asks for it alone. */
const readable = (row: BlobRow): string | undefined => {
  try {
    return fromBlob(row)
  } catch {
    return undefined
  }
}

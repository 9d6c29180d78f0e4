import { hash } from "node:crypto"

/** SHA-256 of a text (as UTF-8) or of bytes, in lower-case hexadecimal. */
export const sha256 = (content: string | Uint8Array): string => hash("sha256", content, "hex")

/**
 * `H(…)` of the design: one hash of several parts. The parts are framed as a JSON array, so that no two
 * different lists of parts give the same text.
 */
export const hashOf = (...parts: ReadonlyArray<string | number>): string => sha256(JSON.stringify(parts))

/** JSON with the keys of every object in code point order: the form in which values are hashed. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value))

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== "object") return value
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}

import { closeSync, openSync, readSync } from "node:fs"

/** What the first 100 bytes of an SQLite file tell; see "The Database Header" of SQLite's file format. */
export interface Header {
  readonly applicationId: number
  readonly userVersion: number
}

/**
 * Reads the header of an SQLite file without SQLite, which would leave files beside it; undefined when it is not one.
 */
export const headerOf = (file: string): Header | undefined => {
  const bytes = Buffer.alloc(100)
  const descriptor = openSync(file, "r")
  try {
    if (readSync(descriptor, bytes, 0, bytes.length, 0) < bytes.length) return undefined
  } finally {
    closeSync(descriptor)
  }
  if (bytes.toString("latin1", 0, 16) !== "SQLite format 3\0") return undefined
  return { userVersion: bytes.readUInt32BE(60), applicationId: bytes.readUInt32BE(68) }
}

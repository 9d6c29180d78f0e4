import { closeSync, openSync, readSync, type Stats } from "node:fs"

/**
 * The application id in the header of an SQLite file, read without SQLite, which would leave files beside the file;
 * undefined when it is not one. Not for a file that this process has open as a database: in POSIX, closing a file gives
 * up all the locks that the process has on it.
 */
export const markIn = (file: string): number | undefined => {
  const bytes = Buffer.alloc(100)
  const descriptor = openSync(file, "r")
  try {
    if (readSync(descriptor, bytes, 0, bytes.length, 0) < bytes.length) return undefined
  } finally {
    closeSync(descriptor)
  }
  return bytes.toString("latin1", 0, 16) === "SQLite format 3\0" ? bytes.readUInt32BE(68) : undefined
}

/** What names a file, however it is reached. */
export const identityOf = ({ dev, ino }: Pick<Stats, "dev" | "ino">): string => `${dev}:${ino}`

/** The databases that this process has open, with the number of times. */
const open = new Map<string, number>()

export const isOpenHere = (identity: string): boolean => open.has(identity)

/** Notes that a file is open, until the function that it gives is called. */
export const noteOpen = (identity: string): (() => void) => {
  open.set(identity, (open.get(identity) ?? 0) + 1)
  return () => {
    const left = (open.get(identity) ?? 1) - 1
    if (left > 0) open.set(identity, left)
    else open.delete(identity)
  }
}

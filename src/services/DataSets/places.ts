import { createHash } from "node:crypto"
import { createReadStream, statSync } from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { Effect } from "effect"
import type { DataFile } from "../../domain/dataSets.ts"
import { DataFileWrong } from "../DataSets.ts"

/** Where a file belongs, and for PSB2 where it may lie as well. */
export const placesOf = (data: string, { path }: DataFile): readonly [string, ...ReadonlyArray<string>] => {
  const parts = path.split("/")
  const usual = join(data, ...parts)
  return parts[1] === "datasets"
    ? [usual, join(data, ...parts.filter((part) => part !== "datasets"))]
    : [usual]
}

/** A file that is begun and not whole. */
export const partOf = (place: string): string => `${place}.part`

/** The size of a regular file; undefined where there is none. */
export const sizeOf = (place: string): Effect.Effect<number | undefined, DataFileWrong> =>
  Effect.try({
    try: () => {
      const stats = statSync(place, { throwIfNoEntry: false })
      if (stats === undefined) return undefined
      if (!stats.isFile()) throw new Error("this is not a regular file")
      return stats.size
    },
    catch: (error) => new DataFileWrong({ file: place, reason: messageOf(error) })
  })

export const digestOf = (place: string): Effect.Effect<string, DataFileWrong> =>
  Effect.tryPromise({
    try: async () => {
      const hash = createHash("sha256")
      await pipeline(createReadStream(place), hash)
      return hash.digest("hex")
    },
    catch: (error) => new DataFileWrong({ file: place, reason: `it cannot be read (${messageOf(error)})` })
  })

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

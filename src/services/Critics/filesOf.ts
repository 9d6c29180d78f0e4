import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { pipeline } from "node:stream/promises"
import { Data, Effect } from "effect"
import type { CriticFile } from "../../domain/check.ts"

/**
 * Those of some paths that are regular files, and what is in them. One that may be run but not read is left out: nobody
 * can say whether it is another one later.
 */
export const filesOf = (paths: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<CriticFile>> =>
  Effect.map(
    Effect.forEach(new Set(paths), (path) =>
      Effect.match(digestOf(path), {
        onFailure: () => [],
        onSuccess: (sha256) => [{ path, sha256 }]
      })
    ),
    (files) => files.flat()
  )

class Unreadable extends Data.TaggedError("Unreadable")<{ readonly cause: unknown }> {}

const digestOf = (path: string): Effect.Effect<string, Unreadable> =>
  Effect.tryPromise({
    try: async () => {
      // A pipe or a device would never come to its end.
      if (!(await stat(path)).isFile()) throw new Error("it is no regular file")
      const hash = createHash("sha256")
      await pipeline(createReadStream(path), hash)
      return hash.digest("hex")
    },
    catch: (cause) => new Unreadable({ cause })
  })

import { readdir, readlink, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"

/** The space that process numbers are of: another container may share the folder, and not the processes. */
const space: Promise<string> = readlink("/proc/self/ns/pid").then(
  (name) => name.replace(/\D/g, ""),
  () => "0"
)

/** How the name of this process's folders begins. */
export const folderPrefix: Effect.Effect<string> = Effect.map(
  Effect.promise(() => space),
  (name) => `seidr-${process.pid}-${name}-`
)

const named = /^seidr-(\d+)-(\d+)-/

/**
 * The folders below that for temporary files which a process has left that was killed: of this user, and of a process
 * that is no more.
 */
export const leftovers = (base = tmpdir()): Effect.Effect<ReadonlyArray<string>> =>
  Effect.promise(async () => {
    const own = await space
    const found: Array<string> = []
    for (const name of await readdir(base).catch(() => [])) {
      const [, pid, theirs] = named.exec(name) ?? []
      if (pid === undefined || theirs !== own || lives(Number(pid))) continue
      const path = join(base, name)
      // Somebody else may be faster.
      const owner = await stat(path).then(
        ({ uid }) => uid,
        () => undefined
      )
      if (owner === process.getuid?.()) found.push(path)
    }
    return found
  })

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // It may be another user's.
    return (cause as NodeJS.ErrnoException).code !== "ESRCH"
  }
}

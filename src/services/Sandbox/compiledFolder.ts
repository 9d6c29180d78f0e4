import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Clock, Effect } from "effect"
import { sha256 } from "../../domain/hash.ts"

/** Compiled programs in a folder that processes share, and that may be deleted at any time. It only ever saves work. */
export interface CompiledFolder {
  /** What was kept under that key, if it is whole. */
  readonly read: (key: string) => Effect.Effect<Buffer | undefined>
  readonly write: (key: string, program: Buffer) => Effect.Effect<void>
}

/** None, ever. */
export const noFolder: CompiledFolder = {
  read: () => Effect.succeed(undefined),
  write: () => Effect.void
}

const largest = 32 * 2 ** 20
const marker = "seidr-compiled-1"
const drafts = ".draft-"

/** Keys are hashes. Beyond `mostBytes` the programs that were not asked for the longest go. */
export const makeCompiledFolder = (folder: string, mostBytes = 256 * 2 ** 20): CompiledFolder => {
  let written = 0
  const pathOf = (key: string) => join(folder, key)

  const read = (key: string) =>
    Effect.gen(function* () {
      const content = yield* Effect.tryPromise(() => readFile(pathOf(key)))
      const program = sound(content)
      const now = (yield* Clock.currentTimeMillis) / 1000
      yield* Effect.tryPromise(() =>
        // What is damaged would be read again and again.
        program === undefined ? rm(pathOf(key), { force: true }) : utimes(pathOf(key), now, now)
      )
      return program
    }).pipe(Effect.orElseSucceed(() => undefined))

  const write = (key: string, program: Buffer) =>
    program.length > largest
      ? Effect.void
      : Effect.tryPromise(async () => {
          await keep(folder, key, program)
          // Looking through the folder takes longer than writing to it.
          if (written++ % 32 === 0) await dropOldest(folder, mostBytes)
        }).pipe(
          Effect.catchAll(({ cause }) => Effect.logDebug(`a compiled program was not kept: ${String(cause)}`))
        )

  return { read, write }
}

/** A file is a line with the hash of what follows, and the program. */
const sound = (content: Buffer): Buffer | undefined => {
  const end = content.indexOf("\n")
  const program = content.subarray(end + 1)
  return content.toString("latin1", 0, Math.max(end, 0)) === headline(program) ? program : undefined
}

const headline = (program: Buffer): string => `${marker} ${sha256(program)}`

/** Puts a program into place in one step, for others to see whole or not at all. */
const keep = async (folder: string, key: string, program: Buffer): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = await mkdtemp(join(folder, drafts))
  try {
    const content = Buffer.concat([Buffer.from(`${headline(program)}\n`), program])
    await writeFile(join(draft, "program"), content, { mode: 0o600 })
    await rename(join(draft, "program"), join(folder, key))
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

const dropOldest = async (folder: string, mostBytes: number): Promise<void> => {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(drafts))
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      return { path, bytes: found?.size ?? 0, used: found?.mtimeMs ?? 0 }
    })
  )
  files.sort((left, right) => right.used - left.used)
  let bytes = 0
  for (const file of files) {
    bytes += file.bytes
    if (bytes > mostBytes) await rm(file.path, { force: true })
  }
}

/** Where compiled programs lie, beside the cache of evaluations. */
export const compiledBeside = (cache: string): string => join(dirname(cache), "compiled")

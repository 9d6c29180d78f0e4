import type { FileSystem } from "@effect/platform"
import type { PlatformError } from "@effect/platform/Error"
import { Chunk, Effect, Option, Stream } from "effect"

const mebibyte = 2 ** 20

/**
 * A file's text, which has to be UTF-8 and at most `limit` bytes; a larger one is not read. Fails with the end of a
 * sentence about the file.
 */
export const readText = (
  fs: FileSystem.FileSystem,
  path: string,
  limit: number
): Effect.Effect<string, string> =>
  Effect.gen(function* () {
    const { type, size } = yield* fs.stat(path).pipe(Effect.mapError(reasonOf))
    if (type === "Directory") return yield* Effect.fail("this is a folder, expected a file")
    if (type !== "File") return yield* Effect.fail("this is not a regular file")
    if (size > limit) return yield* Effect.fail(tooLarge(Number(size), limit))
    // The size was true a moment ago; the file may be growing.
    const chunks = yield* fs
      .stream(path, { bytesToRead: limit + 1 })
      .pipe(Stream.runCollect, Effect.mapError(reasonOf))
    const bytes = Buffer.concat(Chunk.toReadonlyArray(chunks))
    if (bytes.length > limit) return yield* Effect.fail(tooLarge(bytes.length, limit))
    return yield* Option.match(decoded(bytes), {
      onNone: () => Effect.fail(`line ${firstBadLine(bytes)}: the file is not UTF-8 text`),
      onSome: Effect.succeed
    })
  })

/** What went wrong with a file, without its path, which the message around it names. */
export const reasonOf = (error: PlatformError): string => {
  if (error._tag === "BadArgument") return "no file can have this name"
  switch (error.reason) {
    case "NotFound":
      return "there is no such file"
    case "PermissionDenied":
      return "the file may not be read by this user"
    default:
      return `the file cannot be read: ${error.description ?? error.reason}`
  }
}

const tooLarge = (size: number, limit: number): string =>
  `the file has ${(size / mebibyte).toFixed(1)} MiB, expected at most ${limit / mebibyte} MiB`

const decoded = Option.liftThrowable((bytes: Uint8Array) =>
  new TextDecoder("utf-8", { fatal: true }).decode(bytes)
)

/** No byte of a longer character in UTF-8 is a line end, so that lines can be tried one by one. */
const firstBadLine = (bytes: Buffer): number => {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start)
    const next = end === -1 ? bytes.length : end + 1
    if (Option.isNone(decoded(bytes.subarray(start, next)))) return line
    start = next
  }
  return line
}

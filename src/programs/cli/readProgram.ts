import { FileSystem } from "@effect/platform"
import { Effect, Schema } from "effect"
import { maxProgramBytes } from "../../domain/answer.ts"

/** A file that the user named cannot be read or written. */
export class FileUnusable extends Schema.TaggedError<FileUnusable>()("FileUnusable", {
  flag: Schema.String,
  file: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `--${this.flag} ${this.file}: ${this.reason}`
  }
}

/** The text of a program that the user names. */
export const readProgram = (
  flag: string,
  file: string
): Effect.Effect<string, FileUnusable, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    const unusable = (reason: string) => new FileUnusable({ flag, file, reason })
    const info = yield* Effect.mapError(files.stat(file), () =>
      unusable("there is no such file, or it cannot be read")
    )
    if (info.type !== "File") return yield* unusable("it is not a file")
    if (info.size > BigInt(maxProgramBytes)) {
      return yield* unusable(`it has ${info.size} bytes; a program has at most ${maxProgramBytes}`)
    }
    return yield* Effect.mapError(files.readFileString(file), () => unusable("it cannot be read"))
  })

/** Looks whether a file can be written before anything is paid for. */
export const checkWritable = (
  flag: string,
  file: string
): Effect.Effect<void, FileUnusable, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const files = yield* FileSystem.FileSystem
    yield* Effect.scoped(files.open(file, { flag: "a" })).pipe(
      Effect.mapError(
        (error) => new FileUnusable({ flag, file, reason: `it cannot be written (${error.message})` })
      )
    )
  })

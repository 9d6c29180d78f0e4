import { gunzip } from "node:zlib"
import type { FileSystem } from "@effect/platform"
import { Chunk, Effect, ParseResult, Schema, Stream } from "effect"
import { Row } from "../../../domain/humanEval/task.ts"
import { printableLine } from "../../../domain/printable.ts"
import { reasonOf } from "../readText.ts"

const mebibyte = 2 ** 20
/** The published files have 57 kB, and a megabyte unpacked. */
const mostBytes = 16 * mebibyte
const mostUnpacked = 64 * mebibyte

const decode = Schema.decodeUnknownEither(Schema.parseJson(Row))

/** The lines of a packed file of HumanEval. Fails with the end of a sentence about the file. */
export const readRows = (
  fs: FileSystem.FileSystem,
  path: string
): Effect.Effect<ReadonlyArray<Row>, string> =>
  Effect.gen(function* () {
    const { size, type } = yield* fs.stat(path).pipe(Effect.mapError(reasonOf))
    if (type !== "File") return yield* Effect.fail("this is not a regular file")
    if (size > mostBytes) return yield* Effect.fail(tooLarge(Number(size), mostBytes))
    const chunks = yield* fs
      .stream(path, { bytesToRead: mostBytes + 1 })
      .pipe(Stream.runCollect, Effect.mapError(reasonOf))
    const text = yield* unpacked(Buffer.concat(Chunk.toReadonlyArray(chunks)))
    const rows: Array<Row> = []
    for (const [index, line] of text.split("\n").entries()) {
      if (line.trim() === "") continue
      const row = decode(line)
      if (row._tag === "Left") return yield* Effect.fail(`line ${index + 1}: ${faultOf(row.left)}`)
      rows.push(row.right)
    }
    return rows.length === 0 ? yield* Effect.fail("the file holds no task") : rows
  })

const unpacked = (packed: Buffer): Effect.Effect<string, string> =>
  Effect.async<string, string>((resume) =>
    gunzip(packed, { maxOutputLength: mostUnpacked }, (error, bytes) => {
      if (error !== null) {
        const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE"
        const reason = isTooLarge
          ? `it holds more than ${mostUnpacked / mebibyte} MiB`
          : "it is not a whole gzip file"
        return resume(Effect.fail(reason))
      }
      if (bytes[0] === 0x1f && bytes[1] === 0x8b) return resume(Effect.fail("it is packed by gzip twice"))
      try {
        resume(Effect.succeed(new TextDecoder("utf-8", { fatal: true }).decode(bytes)))
      } catch {
        resume(Effect.fail("what it holds is not UTF-8 text"))
      }
    })
  )

const tooLarge = (size: number, limit: number): string =>
  `the file has ${(size / mebibyte).toFixed(1)} MiB, expected at most ${limit / mebibyte} MiB`

const faultOf = (error: ParseResult.ParseError): string => {
  const [first] = ParseResult.ArrayFormatter.formatErrorSync(error)
  const field = first === undefined ? "" : first.path.map(String).join(".")
  return printableLine(`${field === "" ? "" : `field ${field}: `}${first?.message ?? "not a task"}`).slice(
    0,
    200
  )
}

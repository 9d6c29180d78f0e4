import type { FileSystem } from "@effect/platform"
import { Effect, Either, ParseResult, Schema } from "effect"
import { Row, SanitizedRow, type Task } from "../../../domain/mbpp/task.ts"
import { sanitizedTaskOf, taskOf } from "../../../domain/mbpp/taskOf.ts"
import { printableLine } from "../../../domain/printable.ts"
import { readText } from "../readText.ts"

/** The published files have 0.6 and 0.3 MB. */
const mostBytes = 16 * 2 ** 20

const decodeLine = Schema.decodeUnknownEither(Schema.parseJson(Row))
const decodeList = Schema.decodeUnknownEither(Schema.parseJson(Schema.Array(Schema.Unknown)))
const decodeSanitized = Schema.decodeUnknownEither(SanitizedRow)

/** The tasks of `mbpp.jsonl`, by their numbers. Fails with the end of a sentence about the file. */
export const readTasks = (fs: FileSystem.FileSystem, path: string) =>
  Effect.gen(function* () {
    const text = yield* readText(fs, path, mostBytes)
    const rows = text.split(/\r?\n/).flatMap((line, index) => (line.trim() === "" ? [] : [{ line, index }]))
    return yield* numbered(rows, ({ line, index }) =>
      decodeLine(line).pipe(
        Either.mapLeft(faultOf),
        Either.flatMap(taskOf),
        Either.mapLeft((fault) => `line ${index + 1}: ${fault}`)
      )
    )
  })

/** The tasks of `sanitized-mbpp.json`, which is one list. */
export const readSanitizedTasks = (fs: FileSystem.FileSystem, path: string) =>
  Effect.gen(function* () {
    const text = yield* readText(fs, path, mostBytes)
    const rows = yield* Either.mapLeft(decodeList(text), () => "the file is not a list in JSON")
    return yield* numbered([...rows.entries()], ([index, row]) =>
      decodeSanitized(row).pipe(
        Either.mapLeft(faultOf),
        Either.flatMap(sanitizedTaskOf),
        Either.mapLeft((fault) => `task ${index + 1} of the list: ${fault}`)
      )
    )
  })

const numbered = <A>(
  rows: ReadonlyArray<A>,
  read: (row: A) => Either.Either<Task, string>
): Either.Either<ReadonlyMap<number, Task>, string> =>
  Either.gen(function* () {
    const tasks = new Map<number, Task>()
    for (const row of rows) {
      const task = yield* read(row)
      if (tasks.has(task.id)) return yield* Either.left(`there are two tasks ${task.id}`)
      tasks.set(task.id, task)
    }
    return tasks.size === 0 ? yield* Either.left("the file holds no task") : tasks
  })

const faultOf = (error: ParseResult.ParseError): string => {
  const [first] = ParseResult.ArrayFormatter.formatErrorSync(error)
  const field = first === undefined ? "" : first.path.map(String).join(".")
  const text = `${field === "" ? "" : `field ${field}: `}${first?.message ?? "this is not a task"}`
  return printableLine(text).slice(0, 200)
}

import { FileSystem } from "@effect/platform"
import { CsvError, parse } from "csv-parse/sync"
import { Effect, Either, Schema } from "effect"
import { languageNamed } from "../../domain/languageNamed.ts"
import { printableLine } from "../../domain/printable.ts"
import type { PublishedResult } from "../../domain/report/source.ts"
import { readText } from "../../services/ProblemSource/readText.ts"

const mostBytes = 2 ** 20
/** Each becomes a column. */
const mostSources = 6

/** Published results from a CSV file. Fails with what is wrong with it, by line and column. */
export const readPublished = (
  file: string
): Effect.Effect<ReadonlyArray<PublishedResult>, string, FileSystem.FileSystem> =>
  Effect.gen(function* () {
    const text = yield* readText(yield* FileSystem.FileSystem, file, mostBytes)
    return yield* publishedFrom(text)
  })

const needed = ["problem", "source", "result"] as const

/** The same from a text: a line of the columns `problem`, `source`, `result` and maybe `language`, then a line a result. */
export const publishedFrom = (text: string): Either.Either<ReadonlyArray<PublishedResult>, string> =>
  Either.gen(function* () {
    const records = yield* Either.try({
      try: () => decode(parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true })),
      catch: (error) =>
        error instanceof CsvError
          ? printableLine(error.message)
          : "it is not a table with commas between cells"
    })
    const columns = records[0]?.record.map((name) => name.toLowerCase()) ?? []
    const missing = needed.find((name) => !columns.includes(name))
    if (missing !== undefined) {
      return yield* Either.left(
        `line 1: there is no column ${missing}; expected problem, source, result, language`
      )
    }
    const results: Array<PublishedResult> = []
    for (const { info, record } of records.slice(1)) {
      const cell = (name: string) => record[columns.indexOf(name)] ?? ""
      const empty = needed.find((name) => cell(name) === "")
      if (empty !== undefined) return yield* Either.left(`line ${info.lines}: column ${empty} is empty`)
      const language = columns.includes("language") ? cell("language") : ""
      const known = languageNamed(language)
      if (language !== "" && known === undefined) {
        return yield* Either.left(
          `line ${info.lines}: column language is ${JSON.stringify(printableLine(language))}, expected one such as python`
        )
      }
      results.push({
        problem: cell("problem"),
        source: cell("source"),
        result: cell("result"),
        language: known ?? null
      })
    }
    const sources = new Set(results.map(({ source }) => source)).size
    return sources > mostSources
      ? yield* Either.left(`it names ${sources} sources, expected at most ${mostSources}`)
      : results
  })

const decode = Schema.decodeUnknownSync(
  Schema.Array(
    Schema.Struct({ record: Schema.Array(Schema.String), info: Schema.Struct({ lines: Schema.Number }) })
  )
)

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect, Schema } from "effect"
import { DataFileWrong } from "../DataSets.ts"
import { messageOf } from "./places.ts"

/** The digests of what was fetched, in the data folder, by path: of some files nobody has published one. */
const Records = Schema.parseJson(
  Schema.Record({ key: Schema.String, value: Schema.Struct({ url: Schema.String, sha256: Schema.String }) })
)
type Records = typeof Records.Type

const fileOf = (data: string): string => join(data, "seidr-files.json")

const decode = Schema.decodeUnknownEither(Records)

export const recordsIn = (data: string): Effect.Effect<Records, DataFileWrong> =>
  Effect.gen(function* () {
    const file = fileOf(data)
    if (!existsSync(file)) return {}
    const text = yield* Effect.try({
      try: () => readFileSync(file, "utf8"),
      catch: (error) => new DataFileWrong({ file, reason: messageOf(error) })
    })
    const decoded = decode(text)
    return decoded._tag === "Right"
      ? decoded.right
      : yield* new DataFileWrong({
          file,
          reason: "it is not the list of digests that seidr keeps; delete it"
        })
  })

export const record = (
  data: string,
  path: string,
  entry: Records[string]
): Effect.Effect<void, DataFileWrong> =>
  Effect.flatMap(recordsIn(data), (records) => {
    const file = fileOf(data)
    return Effect.try({
      try: () => {
        mkdirSync(dirname(file), { recursive: true })
        const entries = Object.entries({ ...records, [path]: entry }).sort(([left], [right]) =>
          left < right ? -1 : 1
        )
        writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`)
        renameSync(`${file}.new`, file)
      },
      catch: (error) => new DataFileWrong({ file, reason: messageOf(error) })
    })
  })

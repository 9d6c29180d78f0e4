import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import type { ChainHead } from "../../LogAudit.ts"
import { LogExport, type TableFile, type TableName, type TablesWanted, tableNames } from "../../LogExport.ts"
import { TransferRefused } from "../../TransferRefused.ts"
import { makeFile, writeArchive } from "../archive/file.ts"
import { formats } from "../tables/format.ts"
import { LogFile } from "./connect.ts"
import { linesOf } from "./linesOf.ts"
import { openTables, reading, type Tables } from "./tableRows.ts"

/** Hands an SQLite log out, page by page. */
export const layerLogExport = Layer.effect(
  LogExport,
  Effect.gen(function* () {
    const { file, reader } = yield* LogFile

    const writeTable = (tables: Tables, table: TableName, { runs, format, out }: TablesWanted) =>
      makeFile(out, (write) =>
        Effect.gen(function* () {
          const writer = yield* reading(file, () => formats[format](tables.columnsOf(table)))
          const batches = tables.rowsOf(table, runs, writer.batch)[Symbol.iterator]()
          let rows = 0
          for (;;) {
            const next = yield* reading(file, () => batches.next())
            if (next.done === true) break
            rows += next.value.length
            yield* write(writer.rows(next.value))
          }
          yield* write(writer.end())
          return { table, file: out, rows } satisfies TableFile
        })
      )

    return {
      archive: Effect.fn("LogExport.archive")(function* (runs, out) {
        const heads: Array<ChainHead> = []
        const written = yield* writeArchive(out, linesOf(file, reader, runs), (line) => {
          if (line._tag === "Run") heads.push({ run: line.runId, ...line.head })
        })
        return { heads, ...written }
      }),
      tables: Effect.fn("LogExport.tables")(function* (request) {
        const { table, out, format } = request
        return yield* Effect.scoped(
          Effect.gen(function* () {
            const tables = yield* openTables(file)
            if (table !== undefined) return [yield* writeTable(tables, table, request)]
            yield* Effect.try({
              try: () => mkdirSync(out, { recursive: true }),
              catch: () =>
                new TransferRefused({
                  file: out,
                  where: "",
                  reason: "it is no folder, and none can be made there"
                })
            })
            return yield* Effect.forEach(tableNames, (name) =>
              writeTable(tables, name, { ...request, out: join(out, `${name}.${format}`) })
            )
          })
        )
      })
    }
  })
)

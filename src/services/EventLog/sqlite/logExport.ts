import { Effect, Layer } from "effect"
import type { ChainHead } from "../../LogAudit.ts"
import { LogExport } from "../../LogExport.ts"
import { writeArchive } from "../archive/file.ts"
import { LogFile } from "./connect.ts"
import { linesOf } from "./linesOf.ts"

/** Hands an SQLite log out, page by page. */
export const layerLogExport = Layer.effect(
  LogExport,
  Effect.gen(function* () {
    const { file, reader } = yield* LogFile
    return {
      archive: Effect.fn("LogExport.archive")(function* (runs, out) {
        const heads: Array<ChainHead> = []
        const written = yield* writeArchive(out, linesOf(file, reader, runs), (line) => {
          if (line._tag === "Run") heads.push({ run: line.runId, ...line.head })
        })
        return { heads, ...written }
      })
    }
  })
)

import { existsSync } from "node:fs"
import { dirname, relative, resolve } from "node:path"
import { Context, Effect, Layer, type Scope } from "effect"
import { layerReader } from "../EventLog/sqlite/connect.ts"
import { layerEventLog } from "../EventLog/sqlite/eventLog.ts"
import { layerRunCatalogue } from "../EventLog/sqlite/summaries.ts"
import { EventLog, type LogFailed, LogRefused } from "../EventLog.ts"
import { RunCatalogue } from "../RunCatalogue.ts"
import { type Recordings, Tapes } from "../Tapes.ts"

/**
 * Tapes that are logs. Each is opened once, when it is first asked for, and for reading only.
 *
 * @param database the log at hand.
 */
export const layerTapesSqlite = (database: string): Layer.Layer<Tapes> =>
  Layer.scoped(
    Tapes,
    Effect.gen(function* () {
      const scope = yield* Effect.scope
      const one = yield* Effect.makeSemaphore(1)
      const opened = new Map<string, Recordings>()
      const home = resolve(database)
      const pathOf = (file: string | null) => (file === null ? home : resolve(dirname(home), file))

      const open = Effect.fn("Tapes.open")(function* (file: string | null) {
        const path = pathOf(file)
        const known = opened.get(path)
        if (known !== undefined) return known
        const recordings = yield* recordingsIn(path, scope)
        opened.set(path, recordings)
        return recordings
      })

      return {
        open: (file) => one.withPermits(1)(open(file)),
        relative: (file) => relative(dirname(home), resolve(file))
      }
    })
  )

const recordingsIn = (file: string, scope: Scope.Scope): Effect.Effect<Recordings, LogRefused | LogFailed> =>
  Effect.gen(function* () {
    if (!existsSync(file)) return yield* new LogRefused({ file, reason: "there is no such file" })
    const layer = Layer.merge(layerEventLog, layerRunCatalogue).pipe(Layer.provide(layerReader(file)))
    const services = yield* Layer.buildWithScope(layer, scope).pipe(
      Effect.mapError((error) => (error._tag === "LogRefused" ? withoutFlag(error) : error))
    )
    const { read, text } = Context.get(services, EventLog)
    const { list, find } = Context.get(services, RunCatalogue)
    return { file, read, text, list, find }
  })

/** A tape is named by the model, and not with the flag that names the log. */
const withoutFlag = ({ file, reason }: LogRefused): LogRefused =>
  new LogRefused({
    file,
    reason: reason.replace(" with --db", "").replace(", and --db names another file", "")
  })

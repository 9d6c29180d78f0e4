import { SqlError } from "@effect/sql/SqlError"
import { Clock, Context, Effect, Layer, type Scope, Stream } from "effect"
import { LogFailed } from "../../EventLog.ts"
import { RunHeld } from "../../Leases.ts"
import { type ImportError, LogImport, RunsDiffer } from "../../LogImport.ts"
import { TransferRefused } from "../../TransferRefused.ts"
import { type ArchiveLimits, linesIn, usualLimits } from "../archive/file.ts"
import { LineReader, Refusal } from "../archive/LineReader.ts"
import type { Line } from "../archive/line.ts"
import { Parted, Reception } from "../archive/Reception.ts"
import { LogFile, layerReader, layerWriter, type WriterOptions } from "./connect.ts"
import { whileBusy } from "./failure.ts"
import { linesOf } from "./linesOf.ts"
import { checkWritable, lookAt } from "./lookAt.ts"
import { attach, type Outcome, takeOver } from "./takeOver.ts"
import { WaitingRuns } from "./WaitingRuns.ts"

export interface ImportOptions extends WriterOptions {
  readonly limits?: ArchiveLimits
}

const doing = "taking runs over"

/** Takes runs over into the SQLite log at a place. */
export const layerLogImport = (
  file: string,
  { limits = usualLimits, ...options }: ImportOptions = {}
): Layer.Layer<LogImport> =>
  Layer.sync(LogImport, () => {
    /** Everything that comes is checked before the log is opened, or even made. */
    const receiving = (
      fill: (waiting: WaitingRuns) => Effect.Effect<ReadonlyArray<string>, ImportError, Scope.Scope>
    ) =>
      Effect.scoped(
        Effect.gen(function* () {
          yield* checkWritable(file)
          yield* lookAt(file)
          const waiting = yield* waitingRuns
          const sources = yield* fill(waiting)
          waiting.complete()
          yield* Layer.build(layerWriter(file, options))
          yield* sqlite(() => attach(waiting, file))
          const now = yield* Clock.currentTimeMillis
          return yield* understood(yield* sqlite(() => takeOver(waiting, now)), sources)
        })
      )

    /** A step of SQLite's, which nothing can interrupt; while others are in its way it is made again. */
    const sqlite = <A>(step: () => A): Effect.Effect<A, LogFailed> =>
      whileBusy(
        file,
        doing,
        Effect.try({
          try: step,
          catch: (cause) => new SqlError({ cause, message: "Failed to take runs over" })
        })
      )

    const understood = (outcome: Outcome, sources: ReadonlyArray<string>) => {
      switch (outcome._tag) {
        case "TakenOver":
          return Effect.succeed(outcome.runs)
        case "Differ":
          return new RunsDiffer({
            run: outcome.run,
            pos: outcome.pos,
            left: file,
            right: sources.join(" or ")
          })
        case "Held":
          return new RunHeld({ runId: outcome.run, host: outcome.lease.host, pid: outcome.lease.pid })
      }
    }

    return {
      fromArchive: Effect.fn("LogImport.fromArchive")((archive) =>
        receiving((waiting) =>
          Effect.gen(function* () {
            const reader = new LineReader()
            const reception = new Reception(waiting)
            yield* Stream.runForEachChunk(linesIn(archive, limits), (lines) =>
              Effect.gen(function* () {
                for (const [number, text] of lines) {
                  yield* accepted(file, archive, `line ${number}`, [], () => {
                    const line = reader.read(text)
                    if (line !== undefined) reception.receive(line)
                  })
                }
              })
            )
            yield* accepted(file, archive, "", [], () => {
              reader.end()
              reception.end()
            })
            return [archive]
          })
        )
      ),
      fromLogs: Effect.fn("LogImport.fromLogs")((logs) =>
        receiving((waiting) =>
          Effect.gen(function* () {
            const before: Array<string> = []
            for (const log of logs) {
              const { reader } = Context.get(yield* Layer.build(layerReader(log)), LogFile)
              const reception = new Reception(waiting)
              const take = (lines: Iterable<Line>) =>
                accepted(file, log, "", before, () => {
                  for (const line of lines) reception.receive(line)
                })
              yield* Stream.runForEachChunk(linesOf(log, reader, undefined), take)
              yield* accepted(file, log, "", before, () => reception.end())
              before.push(log)
            }
            return logs
          })
        )
      )
    }
  })

const waitingRuns = Effect.acquireRelease(
  Effect.sync(() => new WaitingRuns()),
  (waiting) => Effect.sync(() => waiting.close())
)

/** A step of receiving something from `source`, after all of the sources `before`. */
const accepted = (
  file: string,
  source: string,
  where: string,
  before: ReadonlyArray<string>,
  step: () => void
): Effect.Effect<void, TransferRefused | RunsDiffer | LogFailed> =>
  Effect.try({
    try: step,
    catch: (error) => {
      if (error instanceof Refusal) return new TransferRefused({ file: source, where, reason: error.message })
      if (error instanceof Parted) {
        const left = before.join(" or ")
        return new RunsDiffer({ run: error.run, pos: error.pos, left, right: source })
      }
      return new LogFailed({ file, doing, reason: error instanceof Error ? error.message : String(error) })
    }
  })

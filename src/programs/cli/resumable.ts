import { Effect, Option } from "effect"
import { NotOnTape } from "../../services/LanguageModel.ts"
import { RunLeft } from "./failure.ts"
import { Screen } from "./Screen.ts"

/** The words that a further command needs to find the same log. */
export const whereOf = (database: Option.Option<string>): string =>
  Option.match(database, { onNone: () => "", onSome: (file) => ` --db ${file}` })

/** How to go on with a run. */
export const resumeAdvice = (runId: string, database: Option.Option<string>): string =>
  `\`seidr resume ${runId}${whereOf(database)}\` goes on with the run`

/** A run keeps its settings, and would miss the same answer again; a fork of it may have others. */
const adviceAfter = (error: unknown, runId: string, database: Option.Option<string>): string =>
  error instanceof NotOnTape
    ? `\`seidr fork ${runId} --at end --on-miss resample${whereOf(database)}\` goes on with answers to like requests, and with --on-miss ask:MODEL with those of a model`
    : resumeAdvice(runId, database)

/** Says how to go on with a run when its command is interrupted or fails; `runOf` is asked only then. */
export const resumable =
  (database: Option.Option<string>, runOf: () => string | undefined) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | RunLeft, R | Screen> =>
    effect.pipe(
      Effect.onInterrupt(() =>
        Effect.gen(function* () {
          const runId = runOf()
          const screen = yield* Screen
          yield* screen.note(
            runId === undefined
              ? "interrupted"
              : `run ${runId} was interrupted; ${resumeAdvice(runId, database)}`
          )
        })
      ),
      Effect.mapError((error) => {
        const runId = runOf()
        return runId === undefined ? error : new RunLeft(error, adviceAfter(error, runId, database))
      })
    )

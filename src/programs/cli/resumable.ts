import { Effect, Option } from "effect"
import { RunLeft } from "./failure.ts"
import { Screen } from "./Screen.ts"

/** The words that a further command needs to find the same log. */
export const whereOf = (database: Option.Option<string>): string =>
  Option.match(database, { onNone: () => "", onSome: (file) => ` --db ${file}` })

/** How to go on with a run. */
export const resumeAdvice = (runId: string, database: Option.Option<string>): string =>
  `\`seidr resume ${runId}${whereOf(database)}\` goes on with the run`

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
        return runId === undefined ? error : new RunLeft(error, resumeAdvice(runId, database))
      })
    )

import { Effect, Option } from "effect"
import { RunLeft } from "./failure.ts"
import { Screen } from "./Screen.ts"

/** Says how to go on with a run when its command is interrupted or fails; `runOf` is asked only then. */
export const resumable =
  (database: Option.Option<string>, runOf: () => string | undefined) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | RunLeft, R | Screen> => {
    const advice = (runId: string) => {
      const where = Option.match(database, { onNone: () => "", onSome: (file) => ` --db ${file}` })
      return `\`seidr resume ${runId}${where}\` goes on with the run`
    }
    return effect.pipe(
      Effect.onInterrupt(() =>
        Effect.gen(function* () {
          const runId = runOf()
          const screen = yield* Screen
          yield* screen.note(runId === undefined ? "interrupted" : `interrupted; ${advice(runId)}`)
        })
      ),
      Effect.mapError((error) => {
        const runId = runOf()
        return runId === undefined ? error : new RunLeft(error, advice(runId))
      })
    )
  }

import { Duration, Effect, Schema } from "effect"
import type { RunSummary } from "../../services/RunCatalogue.ts"
import { type Outcome, Wandb } from "../../services/Wandb.ts"
import { tellerOf, type WandbProject } from "./tell.ts"

/** Weights & Biases did not take what was sent. No key is in here. */
export class WandbFailed extends Schema.TaggedError<WandbFailed>()("WandbFailed", {
  host: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `Weights & Biases at ${this.host}: ${this.reason}`
  }
}

export interface WandbExported {
  readonly run: RunSummary
  readonly outcome: Extract<Outcome, { readonly _tag: "Sent" | "Kept" }>
}

/** Runs at the same time: each is open at the client. */
const parallel = 4
/** How long the client may take for the last of a run. */
const patience = Duration.minutes(5)

/**
 * Sends runs from the log. What the server has of a run is not sent again, so that doing it twice adds nothing; an
 * unfinished run is sent as far as it is. It stops at the first run that is refused.
 */
export const exportWandb = Effect.fn("exportWandb")(function* (
  runs: ReadonlyArray<RunSummary>,
  target: WandbProject
) {
  const { host, outcome: outcomeOf } = yield* Wandb
  return yield* Effect.forEach(
    runs,
    (run) =>
      Effect.gen(function* () {
        const { tellEnd, tellNew } = yield* tellerOf(run.runId, target)
        yield* tellNew
        yield* tellEnd
        const outcome = yield* outcomeOf(run.runId).pipe(
          Effect.timeoutTo({
            duration: patience,
            onSuccess: (found): Outcome => found,
            onTimeout: (): Outcome => ({ _tag: "Unfinished" })
          })
        )
        if (outcome._tag === "Sent" || outcome._tag === "Kept") {
          const exported: WandbExported = { run, outcome }
          return exported
        }
        return yield* new WandbFailed({ host, reason: reasonOf(run, outcome) })
      }),
    { concurrency: parallel }
  )
})

const reasonOf = (
  { runId }: RunSummary,
  outcome: Exclude<Outcome, { readonly _tag: "Sent" | "Kept" }>
): string => {
  switch (outcome._tag) {
    case "Refused":
      return `the key or the project is refused: ${outcome.reason}`
    case "Failed":
      return `run ${runId} was not taken: ${outcome.reason}`
    case "Unfinished":
      return `run ${runId} was not taken in time; the same command goes on with it`
  }
}

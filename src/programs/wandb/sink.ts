import { Duration, Effect, type Scope } from "effect"
import type { RunId } from "../../domain/ids.ts"
import { EventLog } from "../../services/EventLog.ts"
import { Notices } from "../../services/Notices.ts"
import type { Sink } from "../../services/Sinks.ts"
import { usualLastWait } from "../../services/Wandb/layer.ts"
import { type Outcome, Wandb } from "../../services/Wandb.ts"
import { following } from "../following.ts"
import { tellerOf, type WandbProject } from "./tell.ts"

/** Usually it takes as long to end a run there. */
const usualSilence = Duration.seconds(5)

interface SinkOptions {
  /** How long the end of a command waits for what has not been sent. */
  readonly lastWait?: Duration.Duration
  /** The words by which a further command finds the log. */
  readonly where?: string
  /** So long nothing is said of the wait. */
  readonly silent?: Duration.Duration
}

/**
 * Shows runs at Weights & Biases while they go on. When all have ended, what is left is waited for, for `lastWait`; what
 * did not get through is said in one line for each kind of trouble.
 */
export const wandbSink = (
  target: WandbProject,
  { lastWait = usualLastWait, silent = usualSilence, where = "" }: SinkOptions = {}
): Effect.Effect<Sink, never, Wandb | EventLog | Scope.Scope> =>
  Effect.gen(function* () {
    const wandb = yield* Wandb
    const log = yield* EventLog
    const notices = yield* Notices
    const said = new Set<string>()

    /** Once for each kind of trouble: all runs of a process have the same. */
    const report = (runId: RunId, outcome: Outcome) =>
      Effect.suspend(() => {
        const project = wordFor(target.project)
        const later = `\`seidr export wandb ${runId} --wandb ${project}${where}\` sends it later`
        const line = troubleIn(wandb.host, runId, outcome, later)
        if (line === undefined || said.has(outcome._tag)) return Effect.void
        said.add(outcome._tag)
        return notices.say(line)
      })

    return yield* following({
      name: "Weights & Biases",
      lastWait,
      onWait: {
        silent,
        say: notices.say(
          `Weights & Biases: the last metrics go to ${wandb.host}; the command ends when they are there, at the latest in ${Duration.format(lastWait)}`
        )
      },
      begin: (runId) =>
        tellerOf(runId, target).pipe(
          Effect.map(({ tellEnd, tellNew }) => ({
            look: tellNew,
            rest: Effect.zipRight(
              tellEnd,
              Effect.flatMap(wandb.outcome(runId), (outcome) => report(runId, outcome))
            )
          })),
          Effect.provideService(Wandb, wandb),
          Effect.provideService(EventLog, log)
        ),
      onFailure: (runId, { message }) => report(runId, { _tag: "Failed", reason: message }),
      onLate: (runId) => report(runId, { _tag: "Unfinished" })
    })
  })

/** How what is not there yet gets there. */
const troubleIn = (host: string, runId: RunId, outcome: Outcome, later: string): string | undefined => {
  switch (outcome._tag) {
    case "Sent":
      return undefined
    case "Kept":
      return outcome.outage === undefined
        ? `Weights & Biases: the run is kept in ${outcome.folder}; \`wandb sync ${outcome.folder}\` sends it`
        : `Weights & Biases at ${host} does not answer (${outcome.outage}); the run is kept in ${outcome.folder}: \`wandb sync ${outcome.folder}\` sends it later`
    case "Refused":
      return `Weights & Biases at ${host} refuses the key or the project: ${outcome.reason}; ${later}`
    case "Failed":
      return `Weights & Biases at ${host} did not take run ${runId}: ${outcome.reason}; ${later}`
    case "Unfinished":
      return `Weights & Biases at ${host} did not take all of run ${runId} in time; ${later}`
  }
}

/** A project's name as a shell takes it for one word. */
const wordFor = (name: string): string =>
  /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`

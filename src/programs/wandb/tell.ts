import { Effect, Stream } from "effect"
import type { RunId } from "../../domain/ids.ts"
import type { Config } from "../../domain/wandb/config.ts"
import { RunStory } from "../../domain/wandb/story.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import { Wandb } from "../../services/Wandb.ts"
import { recordedProblem } from "../resume.ts"

/** Under which project runs are shown, and as which tasks of Slurm. */
export interface WandbProject {
  readonly project: string
  readonly slurm: Config
}

/** Tells of one run, from its log. */
export interface Teller {
  /** What the log has of it by now and was not told. */
  readonly tellNew: Effect.Effect<void, LogFailed>
  /** The last word on it: for now, when it is not finished. */
  readonly tellEnd: Effect.Effect<void>
}

/** Tells of a run whatever its log has, each row once; it waits only for room in the client. */
export const tellerOf = (
  runId: RunId,
  target: WandbProject
): Effect.Effect<Teller, never, EventLog | Wandb> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const wandb = yield* Wandb
    const story = new RunStory(runId)
    let hasBegun = false
    const begin = Effect.gen(function* () {
      const { started } = story
      if (hasBegun || started === undefined) return
      hasBegun = true
      const { promptExamples } = yield* recordedProblem(started.problem.document)
      yield* wandb.send(story.begin(started, { ...target, promptExamples }))
    }).pipe(Effect.provideService(EventLog, log))
    return {
      tellNew: Effect.gen(function* () {
        yield* Stream.runForEachChunk(log.read(runId, story.next), (events) =>
          Effect.sync(() => {
            for (const event of events) story.add(event)
          })
        )
        yield* begin
        yield* Effect.forEach(story.takeRows(), wandb.send, { discard: true })
      }),
      tellEnd: Effect.suspend(() => (hasBegun ? wandb.send(story.end()) : Effect.void))
    }
  })

import { Context, Effect, Layer } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { ActorName, Work } from "../domain/search/work.ts"
import type { Actor, StepExit } from "./Actor.ts"
import * as DebugService from "./Debug.ts"
import * as ExecuteService from "./Execute.ts"
import * as InstructService from "./Instruct.ts"
import * as RankService from "./Rank.ts"
import type { Task } from "./RunContext.ts"
import * as SynthesizeService from "./Synthesize.ts"

/**
 * The five services, linked. Nobody in the ring waits to hand on work: steps come from `decide`, which gives each
 * actor no more than its inbox holds, so the ring cannot come to a standstill.
 */
export class Ring extends Context.Tag("seidr/Ring")<
  Ring,
  {
    /** Steps of one run that each actor may have taken on: the credit that `decide` works with. */
    readonly capacity: number
    readonly submit: (task: Task<Work>, done: (exit: StepExit) => void) => Effect.Effect<void>
    readonly cancel: (runId: RunId, actor: ActorName, order: number) => Effect.Effect<void>
    /** Waits until all five are quiet. */
    readonly drain: Effect.Effect<void>
  }
>() {}

export interface RingOptions {
  /** Room in each inbox, for each run. */
  readonly capacity: number
  /** Steps that each of the asking services takes at the same time. */
  readonly concurrency: number
  /** Programs that are executed at the same time. */
  readonly executions: number
}

/** The five actors, each with its own layer; swap one by providing another layer for its tag. */
export const layerActors = ({ capacity, concurrency, executions }: RingOptions) =>
  Layer.mergeAll(
    SynthesizeService.layer({ name: "Synthesize", capacity, concurrency }),
    ExecuteService.layer({ name: "Execute", capacity, concurrency: executions }),
    RankService.layer({ name: "Rank", capacity, concurrency: 1 }),
    InstructService.layer({ name: "Instruct", capacity, concurrency }),
    DebugService.layer({ name: "Debug", capacity, concurrency })
  )

export const layer = (capacity: number) =>
  Layer.effect(
    Ring,
    Effect.gen(function* () {
      const actors = {
        Synthesize: yield* SynthesizeService.Synthesize,
        Execute: yield* ExecuteService.Execute,
        Rank: yield* RankService.Rank,
        Instruct: yield* InstructService.Instruct,
        Debug: yield* DebugService.Debug
      }
      const all: ReadonlyArray<Pick<Actor<never>, "drain">> = Object.values(actors)
      return {
        capacity,
        submit: (task, done) => {
          const { work } = task
          switch (work._tag) {
            case "Draft":
              return actors.Synthesize.submit({ ...task, work }, done)
            case "Execute":
            case "ScoreHidden":
              return actors.Execute.submit({ ...task, work }, done)
            case "Rank":
            case "End":
            case "Finish":
              return actors.Rank.submit({ ...task, work }, done)
            case "Instruct":
              return actors.Instruct.submit({ ...task, work }, done)
            case "Debug":
              return actors.Debug.submit({ ...task, work }, done)
          }
        },
        cancel: (runId, actor, order) => actors[actor].cancel(runId, order),
        drain: Effect.forEach(all, (actor) => actor.drain, { discard: true })
      }
    })
  )

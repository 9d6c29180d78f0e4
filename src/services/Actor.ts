import { Effect, Exit, Fiber, type Scope } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { Work } from "../domain/search/work.ts"
import type { EvaluateError } from "./Evaluate.ts"
import type { LogFailed } from "./EventLog.ts"
import type { ModelError } from "./LanguageModel.ts"
import type { Task } from "./RunContext.ts"

/** What can go wrong in a step; none of it is the program's fault. */
export type StepError = ModelError | EvaluateError | LogFailed

/** How a step ended: with the position of its last event, or with a failure; interrupted, if it was cancelled. */
export type StepExit = Exit.Exit<number, StepError>

/**
 * One of the five services: takes steps from a bounded inbox per run, round robin between runs and first in, first
 * out within one, with a concurrency of its own.
 */
export interface Actor<W extends Work> {
  /**
   * Puts a step into its run's inbox and returns at once. The credits of `decide` see to it that there is room; a
   * full inbox is a defect. `done` is told how the step ended, always, and must not wait.
   */
  readonly submit: (task: Task<W>, done: (exit: StepExit) => Effect.Effect<void>) => Effect.Effect<void>
  /** Takes a step back: out of the inbox at once, or by interrupting it. */
  readonly cancel: (runId: RunId, order: number) => Effect.Effect<void>
  /** Waits until no step of any run is waiting or being taken. */
  readonly drain: Effect.Effect<void>
}

export interface ActorOptions {
  readonly name: string
  /** Steps that are taken at the same time. */
  readonly concurrency: number
  /** Steps of one run that may wait. */
  readonly capacity: number
}

interface Job<W> {
  readonly task: Task<W>
  readonly done: (exit: StepExit) => Effect.Effect<void>
  cancelled: boolean
  fiber: Fiber.RuntimeFiber<number, StepError> | undefined
}

/** An actor around a step; its fibers belong to the scope. */
export const makeActor = <W extends Work>(
  { name, concurrency, capacity }: ActorOptions,
  take: (task: Task<W>) => Effect.Effect<number, StepError>
): Effect.Effect<Actor<W>, never, Scope.Scope> =>
  Effect.gen(function* () {
    /** What waits, by run and order. A run is here as long as something of it waits. */
    const inboxes = new Map<RunId, Map<number, Job<W>>>()
    const taken = new Map<string, Job<W>>()
    const waiting = Effect.unsafeMakeSemaphore(0)
    const quiet = Effect.unsafeMakeLatch(true)
    const keyOf = (runId: RunId, order: number) => `${runId} ${order}`

    /** Takes a step out of its inbox; a run with more to do goes to the end of the line. */
    const takeOut = (job: Job<W>): Job<W> => {
      const { run, work } = job.task
      const inbox = inboxes.get(run.runId)
      inbox?.delete(work.order)
      inboxes.delete(run.runId)
      if (inbox !== undefined && inbox.size > 0) inboxes.set(run.runId, inbox)
      return job
    }

    /** The first step of the run whose last turn is longest ago. */
    const next = (): Job<W> | undefined => {
      for (const inbox of inboxes.values()) for (const job of inbox.values()) return takeOut(job)
      return undefined
    }

    const finish = (job: Job<W>, exit: StepExit) =>
      Effect.suspend(() => {
        taken.delete(keyOf(job.task.run.runId, job.task.work.order))
        if (taken.size === 0 && inboxes.size === 0) quiet.unsafeOpen()
        return job.done(exit)
      })

    const finishUntaken = (job: Job<W>) =>
      Effect.flatMap(Effect.fiberId, (fiberId) => finish(job, Exit.interrupt(fiberId)))

    // The end of a step is always told, also when the actor itself is being shut down.
    const work = Effect.uninterruptibleMask((restore) =>
      Effect.gen(function* () {
        yield* restore(waiting.take(1))
        const job = next()
        // A step that was taken back has left its permit behind.
        if (job === undefined) return
        taken.set(keyOf(job.task.run.runId, job.task.work.order), job)
        const fiber = yield* Effect.suspend(() => take(job.task)).pipe(
          Effect.withSpan(`${name}.${job.task.work._tag}`, { attributes: { order: job.task.work.order } }),
          Effect.interruptible,
          Effect.fork
        )
        job.fiber = fiber
        if (job.cancelled) yield* Fiber.interruptFork(fiber)
        const exit = yield* restore(Fiber.await(fiber)).pipe(
          Effect.catchAllCause(() => Fiber.interrupt(fiber))
        )
        yield* finish(job, exit)
      })
    )

    yield* Effect.addFinalizer(() =>
      Effect.whileLoop({
        while: () => inboxes.size > 0,
        body: () => finishUntaken(next()!),
        step: () => {}
      })
    )
    yield* Effect.forkScoped(
      Effect.all(
        Array.from({ length: concurrency }, () => Effect.forever(work)),
        { concurrency: "unbounded", discard: true }
      )
    )

    return {
      submit: (task, done) =>
        Effect.suspend(() => {
          const { run, work: step } = task
          const inbox = inboxes.get(run.runId) ?? new Map<number, Job<W>>()
          if (inbox.size >= capacity) {
            return Effect.dieMessage(`${name}: the inbox of run ${run.runId} overflows at ${capacity}`)
          }
          inboxes.set(run.runId, inbox.set(step.order, { task, done, cancelled: false, fiber: undefined }))
          quiet.unsafeClose()
          return Effect.asVoid(waiting.release(1))
        }),
      cancel: (runId, order) =>
        Effect.suspend(() => {
          const untaken = inboxes.get(runId)?.get(order)
          if (untaken !== undefined) return finishUntaken(takeOut(untaken))
          const job = taken.get(keyOf(runId, order))
          if (job === undefined) return Effect.void
          job.cancelled = true
          return job.fiber === undefined ? Effect.void : Fiber.interruptFork(job.fiber)
        }),
      drain: quiet.await
    }
  })

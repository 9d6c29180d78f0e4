import { Effect, Exit, Fiber, MutableQueue, type Scope } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { Work } from "../domain/search/work.ts"
import type { LogFailed } from "./EventLog.ts"
import type { ModelError } from "./LanguageModel.ts"
import type { Task } from "./RunContext.ts"
import type { SandboxError } from "./Sandbox.ts"

/** What can go wrong in a step; none of it is the program's fault. */
export type StepError = ModelError | SandboxError | LogFailed

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
  /** Takes a step back: out of the inbox, or by interrupting it. */
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
    const inboxes = new Map<RunId, MutableQueue.MutableQueue<Job<W>>>()
    const jobs = new Map<string, Job<W>>()
    const waiting = Effect.unsafeMakeSemaphore(0)
    const quiet = Effect.unsafeMakeLatch(true)
    const keyOf = (runId: RunId, order: number) => `${runId} ${order}`

    /** The next step, from the run whose last turn is longest ago: whoever had a turn goes to the end of the map. */
    const next = (): Job<W> | undefined => {
      for (const [runId, inbox] of inboxes) {
        inboxes.delete(runId)
        const job = MutableQueue.poll(inbox, undefined)
        if (job === undefined) continue
        inboxes.set(runId, inbox)
        return job
      }
      return undefined
    }

    const finish = (job: Job<W>, exit: StepExit) =>
      Effect.suspend(() => {
        jobs.delete(keyOf(job.task.run.runId, job.task.work.order))
        if (jobs.size === 0) quiet.unsafeOpen()
        return job.done(exit)
      })

    const work = Effect.gen(function* () {
      yield* waiting.take(1)
      const job = next()
      if (job === undefined) return
      if (job.cancelled) return yield* finish(job, Exit.interrupt(yield* Effect.fiberId))
      const fiber = yield* Effect.fork(
        take(job.task).pipe(
          Effect.withSpan(`${name}.${job.task.work._tag}`, { attributes: { order: job.task.work.order } })
        )
      )
      job.fiber = fiber
      // The end of a step is always told, also when the actor itself is being shut down.
      const exit = yield* Fiber.await(fiber).pipe(Effect.onInterrupt(() => Fiber.interrupt(fiber)))
      yield* finish(job, exit)
    })

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
          const inbox = inboxes.get(run.runId) ?? MutableQueue.bounded<Job<W>>(capacity)
          inboxes.set(run.runId, inbox)
          const job: Job<W> = { task, done, cancelled: false, fiber: undefined }
          if (!MutableQueue.offer(inbox, job)) {
            return Effect.dieMessage(`${name}: the inbox of run ${run.runId} overflows at ${capacity}`)
          }
          quiet.unsafeClose()
          jobs.set(keyOf(run.runId, step.order), job)
          return Effect.asVoid(waiting.release(1))
        }),
      cancel: (runId, order) =>
        Effect.suspend(() => {
          const job = jobs.get(keyOf(runId, order))
          if (job === undefined) return Effect.void
          job.cancelled = true
          return job.fiber === undefined ? Effect.void : Fiber.interruptFork(job.fiber)
        }),
      drain: quiet.await
    }
  })

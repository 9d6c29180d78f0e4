import { Effect, Exit, Fiber, type FiberId, Runtime, type Scope } from "effect"
import type { RunId } from "../domain/ids.ts"
import type { Work } from "../domain/search/work.ts"
import type { EvaluateError } from "./Evaluate.ts"
import type { LogFailed } from "./EventLog.ts"
import type { ModelError } from "./LanguageModel.ts"
import type { Task } from "./RunContext.ts"
import { traced } from "./traced.ts"

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
   * full inbox is a defect. `done` is told how the step ended, always.
   */
  readonly submit: (task: Task<W>, done: (exit: StepExit) => void) => Effect.Effect<void>
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
  readonly done: (exit: StepExit) => void
  fiber: Fiber.RuntimeFiber<number, StepError> | undefined
}

/** An actor around a step, which finds the services that it needs where the actor is made; its fibers end with the scope. */
export const makeActor = <W extends Work, R = never>(
  { name, concurrency, capacity }: ActorOptions,
  take: (task: Task<W>) => Effect.Effect<number, StepError, R>
): Effect.Effect<Actor<W>, never, R | Scope.Scope> =>
  Effect.gen(function* () {
    const fork = Runtime.runFork(yield* Effect.runtime<R>())
    /** What waits, by run and order. A run is here as long as something of it waits. */
    const inboxes = new Map<RunId, Map<number, Job<W>>>()
    const taken = new Map<string, Job<W>>()
    const quiet = Effect.unsafeMakeLatch(true)
    let isClosed = false
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

    const finish = (job: Job<W>, exit: StepExit): void => {
      taken.delete(keyOf(job.task.run.runId, job.task.work.order))
      job.done(exit)
      takeMore()
      if (taken.size === 0 && inboxes.size === 0) quiet.unsafeOpen()
    }

    const stepOf = ({ task }: Job<W>): Effect.Effect<number, StepError, R> =>
      Effect.interruptible(
        traced(
          Effect.suspend(() => take(task)),
          `${name}.${task.work._tag}`,
          { order: task.work.order }
        )
      )

    /** A step has a fiber of its own and nobody who waits for it: the end of the fiber is told, whatever ends it. */
    const takeMore = (): void => {
      while (!isClosed && taken.size < concurrency) {
        const job = next()
        if (job === undefined) return
        taken.set(keyOf(job.task.run.runId, job.task.work.order), job)
        job.fiber = fork(stepOf(job), { immediate: false })
        job.fiber.addObserver((exit) => finish(job, exit))
      }
    }

    const finishUntaken = (job: Job<W>, by: FiberId.FiberId) => finish(takeOut(job), Exit.interrupt(by))

    yield* Effect.addFinalizer(() =>
      Effect.withFiberRuntime((fiber) => {
        isClosed = true
        for (let job = next(); job !== undefined; job = next()) finishUntaken(job, fiber.id())
        return Fiber.interruptAll([...taken.values()].flatMap((job) => job.fiber ?? []))
      })
    )

    return {
      submit: (task, done) =>
        Effect.withFiberRuntime((fiber) => {
          const { run, work: step } = task
          const inbox = inboxes.get(run.runId) ?? new Map<number, Job<W>>()
          if (inbox.size >= capacity) {
            return Effect.dieMessage(`${name}: the inbox of run ${run.runId} overflows at ${capacity}`)
          }
          const job: Job<W> = { task, done, fiber: undefined }
          inboxes.set(run.runId, inbox.set(step.order, job))
          quiet.unsafeClose()
          if (isClosed) finishUntaken(job, fiber.id())
          else takeMore()
          return Effect.void
        }),
      cancel: (runId, order) =>
        Effect.withFiberRuntime((fiber) => {
          const untaken = inboxes.get(runId)?.get(order)
          if (untaken === undefined) taken.get(keyOf(runId, order))?.fiber?.unsafeInterruptAsFork(fiber.id())
          else finishUntaken(untaken, fiber.id())
          return Effect.void
        }),
      drain: quiet.await
    }
  })

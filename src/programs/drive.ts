import { Cause, Effect, Exit, MutableQueue, Option, Queue, type Scope } from "effect"
import type { Recorded } from "../domain/events.ts"
import { decide, type InFlight, isCancelled } from "../domain/search/decide.ts"
import { evolve } from "../domain/search/evolve.ts"
import type { RunState, Search } from "../domain/search/state.ts"
import { type ActorName, actorNames, actorOf, type Work } from "../domain/search/work.ts"
import type { StepError, StepExit } from "../services/Actor.ts"
import { EventLog, type Stored } from "../services/EventLog.ts"
import { Ring } from "../services/Ring.ts"
import { lastPosition, type RunContext } from "../services/RunContext.ts"

/** What an observer of a run is told after every event, in order of position. */
export type Observer = (recorded: Recorded, state: RunState) => Effect.Effect<void>

type Message = { readonly _tag: "Event"; readonly stored: Stored } | ({ readonly _tag: "Ended" } & Ended)

/** A step that has come to rest, and the position of the last event that it has committed (-1 for none). */
interface Ended {
  readonly work: Work
  readonly exit: StepExit
  readonly upTo: number
}

/**
 * Drives a run from a state to its end: folds what is committed, hands out what `decide` admits, takes back what has
 * lost its sense. `start` appends the first events after the driver has begun to listen, and gives the position of the
 * last of them.
 *
 * When a step fails, all others are taken back and the failure is the driver's. An answer that is not on a tape is a
 * failure only if no program with a smaller index solves the problem: otherwise timing would decide whether it is missed. When the driver is interrupted or
 * breaks, it takes back everything and waits for quiet, so that nothing of the run goes on after it.
 */
export const drive = (
  run: RunContext,
  initial: { readonly state: RunState; readonly pos: number },
  start: Effect.Effect<number, StepError>,
  observe: Observer
): Effect.Effect<RunState, StepError, EventLog | Ring> =>
  Effect.scoped(driveScoped(run, initial, start, observe))

const driveScoped = (
  run: RunContext,
  initial: { readonly state: RunState; readonly pos: number },
  start: Effect.Effect<number, StepError>,
  observe: Observer
): Effect.Effect<RunState, StepError, EventLog | Ring | Scope.Scope> =>
  Effect.gen(function* () {
    const ring = yield* Ring
    const log = yield* EventLog
    const { tell, next, heard, hasMore } = makeMailbox()
    const events = yield* log.subscribe(run.runId)
    yield* Effect.forkScoped(
      Effect.forever(
        Effect.map(Queue.takeBetween(events, 1, Number.POSITIVE_INFINITY), (arrived) => {
          for (const stored of arrived) tell({ _tag: "Event", stored })
        })
      )
    )

    let { state, pos } = initial
    const inFlight = emptyFlight()
    /** Ended steps whose events have not arrived yet. */
    let early: Array<{ readonly work: Work; readonly upTo: number }> = []
    let failure: Cause.Cause<StepError> | undefined
    /** The step with the smallest index whose answer is on no tape. */
    let missed: { readonly index: number; readonly cause: Cause.Cause<StepError> } | undefined

    const land = (work: Work) => inFlight[actorOf(work)].delete(work.order)

    const takeBack = (which: (work: Work) => boolean) =>
      Effect.forEach(
        actorNames,
        (name) =>
          Effect.forEach(
            [...inFlight[name].values()].filter(which),
            (work) => ring.cancel(run.runId, name, work.order),
            { discard: true }
          ),
        { discard: true }
      )

    /**
     * Hands out a step. One that is cancelled on its way to the disk ends when its events are there, and tells how far
     * they go: none comes as a surprise after the line is drawn under the search.
     */
    const submit = (work: Work, search: Search) => {
      let upTo = -1
      const append: RunContext["append"] = (entries, texts) =>
        Effect.uninterruptible(
          Effect.map(run.append(entries, texts), (stored) => {
            upTo = Math.max(upTo, lastPosition(stored))
            return stored
          })
        )
      inFlight[actorOf(work)].set(work.order, work)
      return ring.submit({ run: { ...run, append }, work, search }, (exit) =>
        tell({ _tag: "Ended", work, exit, upTo })
      )
    }

    const isBeyondMissed = (work: Work) => missed !== undefined && work.index >= missed.index

    const handOut = Effect.suspend(() => {
      if (failure !== undefined || state._tag !== "Searching") return Effect.void
      const { search } = state
      const due = decide(state, inFlight, ring.capacity).filter((work) => !isBeyondMissed(work))
      return Effect.forEach(due, (work) => submit(work, search), { discard: true })
    })

    const onEvent = (stored: Stored) => {
      state = evolve(state, stored)
      pos = stored.pos
      early = early.filter(({ work, upTo }) => {
        if (upTo > pos) return true
        land(work)
        return false
      })
    }

    const onEnded = ({ work, exit, upTo }: Ended) =>
      Effect.suspend(() => {
        if (upTo > pos) early.push({ work, upTo })
        else land(work)
        if (Exit.isSuccess(exit) || failure !== undefined) return Effect.void
        const isDropped = isCancelled(state, work)
        if (Cause.isInterruptedOnly(exit.cause) && (isDropped || isBeyondMissed(work))) return Effect.void
        if (isNotOnTape(exit.cause)) {
          if (isDropped || isBeyondMissed(work)) return Effect.void
          missed = { index: work.index, cause: exit.cause }
          return takeBack(isBeyondMissed)
        }
        failure = exit.cause
        return takeBack(() => true)
      })

    const goOn = Effect.flatMap(handOut, () => {
      if (!isQuiet() || state._tag !== "Searching" || failure !== undefined) return Effect.void
      if (missed !== undefined) return Effect.failCause(missed.cause)
      return Effect.dieMessage(`run ${run.runId} stands still after position ${pos}`)
    })

    const isQuiet = () => early.length === 0 && actorNames.every((name) => inFlight[name].size === 0)

    /** Interrupted only while it waits, so that no message is lost. */
    const loop = (restore: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>) =>
      Effect.gen(function* () {
        // Nothing is handed out before the run is what its first events make of it.
        const begun = yield* start
        if (pos >= begun) yield* goOn
        const isOver = () => isQuiet() && pos >= begun && (state._tag === "Finished" || failure !== undefined)
        while (!isOver()) {
          const message = next()
          if (message === undefined) {
            yield* heard(restore)
            continue
          }
          if (message._tag === "Event") {
            const before = stopOf(state)
            onEvent(message.stored)
            if (stopOf(state) !== before) {
              if (missed !== undefined && missed.index > (stopOf(state) ?? missed.index)) missed = undefined
              yield* takeBack((work) => isCancelled(state, work))
            }
            yield* restore(observe(message.stored, state))
          } else {
            yield* onEnded(message)
          }
          // What is handed out follows from all that is known, not from each word of it.
          if (pos >= begun && !hasMore()) yield* goOn
        }
        if (failure !== undefined) return yield* Effect.failCause(failure)
        return state
      })

    /** After an end that is not the run's own: everything back, and out only when it has come to rest. */
    const settle = Effect.gen(function* () {
      failure ??= Cause.empty
      yield* takeBack(() => true)
      while (!isQuiet()) {
        const message = next()
        if (message === undefined) yield* heard((effect) => effect)
        else if (message._tag === "Event") onEvent(message.stored)
        else yield* onEnded(message)
      }
    })

    return yield* Effect.uninterruptibleMask((restore) => Effect.onError(loop(restore), () => settle))
  })

/**
 * What the log and the ring tell the driver. It is not bounded, since neither may ever wait for a driver that waits for
 * its observer; the credits bound what there is to tell.
 */
const makeMailbox = () => {
  const messages = MutableQueue.unbounded<Message>()
  const arrived = Effect.unsafeMakeLatch(false)
  return {
    tell: (message: Message): void => {
      MutableQueue.offer(messages, message)
      arrived.unsafeOpen()
    },
    hasMore: () => !MutableQueue.isEmpty(messages),
    /** The next message, if there is one. */
    next: () => MutableQueue.poll(messages, undefined),
    /** Waits by `wait` until there is a message. */
    heard: (wait: (effect: Effect.Effect<void>) => Effect.Effect<void>): Effect.Effect<void> =>
      Effect.suspend(() => {
        if (!MutableQueue.isEmpty(messages)) return Effect.void
        arrived.unsafeClose()
        return wait(arrived.await)
      })
  }
}

type MutableFlight = { readonly [Name in ActorName]: Map<number, Work> } & InFlight

const emptyFlight = (): MutableFlight => ({
  Synthesize: new Map(),
  Execute: new Map(),
  Rank: new Map(),
  Instruct: new Map(),
  Debug: new Map()
})

const isNotOnTape = (cause: Cause.Cause<StepError>): boolean =>
  Option.exists(Cause.failureOption(cause), ({ _tag }) => _tag === "NotOnTape")

const stopOf = (state: RunState): number | undefined =>
  state._tag === "NotStarted" ? undefined : state.search.stopIndex

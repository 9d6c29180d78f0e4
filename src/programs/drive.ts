import { Cause, Effect, Exit, Queue, type Scope } from "effect"
import type { Recorded } from "../domain/events.ts"
import { decide, type InFlight, isCancelled } from "../domain/search/decide.ts"
import { evolve } from "../domain/search/evolve.ts"
import type { RunState } from "../domain/search/state.ts"
import { type ActorName, actorNames, actorOf, type Work } from "../domain/search/work.ts"
import type { StepError, StepExit } from "../services/Actor.ts"
import { EventLog, type Stored } from "../services/EventLog.ts"
import { Ring } from "../services/Ring.ts"
import type { RunContext } from "../services/RunContext.ts"

/** What an observer of a run is told after every event, in order of position. */
export type Observer = (recorded: Recorded, state: RunState) => Effect.Effect<void>

type Message =
  | { readonly _tag: "Event"; readonly stored: Stored }
  | { readonly _tag: "Ended"; readonly work: Work; readonly exit: StepExit }

/**
 * Drives a run from a state to its end: folds what is committed, hands out what `decide` admits, takes back what has
 * lost its sense. `start` appends the first events after the driver has begun to listen, and gives the position of the
 * last of them.
 *
 * When a step fails, all others are taken back and the failure is the driver's. When the driver is interrupted, it
 * takes back everything and waits for quiet, so that nothing of the run goes on after it.
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
    // Room for the end of every step that can be under way, and for the events that come before it.
    const mailbox = yield* Queue.bounded<Message>(16 * actorNames.length * (ring.capacity + 1))
    const events = yield* log.subscribe(run.runId)
    yield* Effect.forkScoped(
      Effect.forever(
        Effect.flatMap(Queue.take(events), (stored) => Queue.offer(mailbox, { _tag: "Event", stored }))
      )
    )

    let { state, pos } = initial
    const inFlight = emptyFlight()
    /** Ended steps whose events have not arrived yet. */
    let early: Array<{ readonly work: Work; readonly upTo: number }> = []
    let failure: Cause.Cause<StepError> | undefined

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

    const handOut = Effect.suspend(() => {
      if (failure !== undefined || state._tag !== "Searching") return Effect.void
      const { search } = state
      return Effect.forEach(
        decide(state, inFlight, ring.capacity),
        (work) => {
          inFlight[actorOf(work)].set(work.order, work)
          return ring.submit({ run, work, search }, (exit) =>
            Effect.asVoid(Queue.offer(mailbox, { _tag: "Ended", work, exit }))
          )
        },
        { discard: true }
      )
    })

    const onEvent = (stored: Stored) =>
      Effect.gen(function* () {
        const before = state
        state = evolve(state, stored)
        pos = stored.pos
        early = early.filter(({ work, upTo }) => {
          if (upTo > pos) return true
          land(work)
          return false
        })
        yield* observe(stored, state)
        if (stopOf(before) !== stopOf(state)) yield* takeBack((work) => isCancelled(state, work))
      })

    const onEnded = (work: Work, exit: StepExit) =>
      Effect.gen(function* () {
        if (Exit.isSuccess(exit)) {
          if (exit.value > pos) early.push({ work, upTo: exit.value })
          else land(work)
          return
        }
        land(work)
        if (Cause.isInterruptedOnly(exit.cause) && (failure !== undefined || isCancelled(state, work))) return
        failure ??= exit.cause
        yield* takeBack(() => true)
      })

    const isQuiet = () => early.length === 0 && actorNames.every((name) => inFlight[name].size === 0)

    const loop = Effect.gen(function* () {
      const begun = yield* start
      yield* handOut
      while (!(isQuiet() && (state._tag === "Finished" || failure !== undefined))) {
        const message = yield* Queue.take(mailbox)
        if (message._tag === "Event") yield* onEvent(message.stored)
        else yield* onEnded(message.work, message.exit)
        yield* handOut
        if (isQuiet() && state._tag === "Searching" && failure === undefined && pos >= begun) {
          return yield* Effect.dieMessage(`run ${run.runId} stands still after position ${pos}`)
        }
      }
      if (failure !== undefined) return yield* Effect.failCause(failure)
      return state
    })

    /** After an interruption: everything back, and out only when it has come to rest. */
    const settle = Effect.gen(function* () {
      failure ??= Cause.empty
      yield* takeBack(() => true)
      while (!isQuiet()) {
        const message = yield* Queue.take(mailbox)
        if (message._tag === "Event") yield* onEvent(message.stored)
        else yield* onEnded(message.work, message.exit)
      }
    })

    return yield* Effect.onInterrupt(loop, () => settle)
  })

type MutableFlight = { readonly [Name in ActorName]: Map<number, Work> } & InFlight

const emptyFlight = (): MutableFlight => ({
  Synthesize: new Map(),
  Execute: new Map(),
  Rank: new Map(),
  Instruct: new Map(),
  Debug: new Map()
})

const stopOf = (state: RunState): number | undefined =>
  state._tag === "NotStarted" ? undefined : state.search.stopIndex

import { Clock, Context, Effect, Layer, Stream } from "effect"
import type { Ref } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import { type Entry, EventLog, LogFailed, type Origin, type Stored } from "../EventLog.ts"
import type { Leases } from "../Leases.ts"
import type { LogIndex } from "../LogIndex.ts"
import { RunCatalogue, type RunSummary, RunUnknown } from "../RunCatalogue.ts"
import { chainOrigin } from "./chain.ts"
import { place } from "./eventRow.ts"
import { layerIndexByReading } from "./indexByReading.ts"
import { layerLeasesMemory } from "./memoryLeases.ts"
import { answeredBefore, prepared } from "./prepared.ts"
import { type Projection, projectRun } from "./runProjection.ts"
import { type Descent, segmentsFrom } from "./segments.ts"
import { makeSubscriptions } from "./subscriptions.ts"

/** Stands for the name of a file where there is none. */
const file = "in memory"
/** How many candidates an ambiguous name lists. */
const listed = 5

class Store extends Context.Tag("seidr/EventLog/MemoryStore")<
  Store,
  {
    readonly events: Map<RunId, Array<Stored>>
    /** The calls that have been answered, by run and key. */
    readonly answered: Set<string>
    readonly summaries: Map<RunId, Projection>
    /** Where runs leave their parents. */
    readonly origins: Map<RunId, Origin>
    readonly texts: Map<Ref, string>
  }
>() {}

const layerStore = Layer.sync(Store, () => ({
  events: new Map(),
  answered: new Set<string>(),
  summaries: new Map(),
  origins: new Map(),
  texts: new Map()
}))

const layerEventLogMemory = Layer.effect(
  EventLog,
  Effect.gen(function* () {
    const { events, answered, summaries, origins, texts } = yield* Store
    const failed = (doing: string, reason: string) => new LogFailed({ file, doing, reason })

    // Taken when the stream runs, so that a read is up to what is committed then.
    const read = (runId: RunId, from = 0) =>
      Stream.suspend(() => Stream.fromIterable(eventsOf(runId).filter(({ pos }) => pos >= from)))

    /** A run's line of descent, itself first. */
    const lineOf = (runId: RunId): ReadonlyArray<Descent> => {
      const line: Array<Descent> = []
      for (let run: RunId | undefined = runId; run !== undefined; ) {
        const origin: Origin | undefined = origins.get(run)
        line.push({ runId: run, origin })
        run = origin?.parent
      }
      return line
    }

    const eventsOf = (runId: RunId): ReadonlyArray<Stored> =>
      events.has(runId)
        ? segmentsFrom(lineOf(runId)).flatMap((part) =>
            (events.get(part.runId) ?? []).filter(({ pos }) => part.from <= pos && pos <= part.to)
          )
        : []

    const subscriptions = makeSubscriptions(read)

    const append = (
      runId: RunId,
      entries: ReadonlyArray<Entry>,
      added: ReadonlyArray<string>,
      origin?: Origin
    ) =>
      Effect.gen(function* () {
        const before = origin === undefined ? undefined : eventsOf(origin.parent)[origin.position]
        if (origin !== undefined && events.has(runId)) {
          return yield* failed("appending to it", `run ${runId} is there already`)
        }
        if (origin !== undefined && before === undefined) {
          return yield* failed(
            "appending to it",
            `run ${origin.parent} has no position ${origin.position} to go on from`
          )
        }
        const { drafts, texts: named } = yield* prepared(file, entries, added)
        const at = yield* Clock.currentTimeMillis
        const past = events.get(runId) ?? []
        const committed: Array<Stored> = []
        const answers = new Set<string>()
        let summary = summaries.get(runId)
        for (const draft of drafts) {
          const tip = committed.at(-1) ?? past.at(-1) ?? before ?? { pos: -1, hash: chainOrigin }
          const { stored } = place(runId, tip, draft, at)
          const answer = answerOf(stored)
          if (answer !== undefined && (answered.has(answer) || answers.has(answer))) {
            return yield* failed("appending to it", answeredBefore)
          }
          if (answer !== undefined) answers.add(answer)
          committed.push(stored)
          summary = projectRun(summary, stored)
        }
        past.push(...committed)
        if (past.length > 0) events.set(runId, past)
        if (origin !== undefined) origins.set(runId, origin)
        if (summary !== undefined) summaries.set(runId, summary)
        for (const answer of answers) answered.add(answer)
        for (const [ref, text] of named) texts.set(ref, text)
        subscriptions.publish(committed)
        return committed
      })

    return {
      append: (runId, entries, added) => append(runId, entries, added),
      branch: (runId, origin, entries, added) => append(runId, entries, added, origin),
      answerOfAncestor: (runId, callKey, requestHash) =>
        Effect.sync(() => {
          for (const { runId: ancestor } of lineOf(runId).slice(1)) {
            for (const { event } of events.get(ancestor) ?? []) {
              if (event._tag !== "CompletionReceived" || event.callKey !== callKey) continue
              if (event.requestHash === requestHash) return { runId: ancestor, answer: event }
            }
          }
          return undefined
        }),
      read,
      subscribe: subscriptions.subscribe,
      text: (ref) =>
        Effect.suspend(() => {
          const text = texts.get(ref)
          return text === undefined
            ? failed("reading a text", `text ${ref} is missing`)
            : Effect.succeed(text)
        }),
      texts: (refs) =>
        Effect.sync(() => new Map(refs.flatMap((ref) => (texts.has(ref) ? [[ref, texts.get(ref)!]] : []))))
    }
  })
)

const answerOf = ({ runId, event }: Stored): string | undefined =>
  event._tag === "CompletionReceived" ? `${runId} ${event.callKey}` : undefined

const layerRunCatalogueMemory = Layer.effect(
  RunCatalogue,
  Effect.gen(function* () {
    const { origins, summaries } = yield* Store
    const list = Effect.sync(() =>
      Array.from(
        summaries.values(),
        (summary): RunSummary => ({ ...summary, parent: origins.get(summary.runId) ?? null })
      ).sort(newestFirst)
    )
    return {
      list,
      find: Effect.fn("RunCatalogue.find")(function* (name) {
        const runs = yield* list
        const id = name.toUpperCase()
        const begun = runs.filter(({ runId }) => id !== "" && runId.startsWith(id))
        const found =
          runs.find(({ runId }) => runId === id) ??
          runs.find(({ label }) => label === name) ??
          (begun.length === 1 ? begun[0] : undefined)
        if (found !== undefined) return found
        const candidates = begun.map(({ runId }) => runId).sort()
        return yield* new RunUnknown({ name, candidates: candidates.slice(0, listed) })
      })
    }
  })
)

const newestFirst = (left: RunSummary, right: RunSummary): number =>
  right.startedAt - left.startedAt || (left.runId < right.runId ? 1 : -1)

/**
 * The log, its catalogue and its leases in memory: for tests, and for who wants no file. It holds what a file would
 * hold, with the same positions and hashes, and is gone with the process.
 */
export const layerMemory: Layer.Layer<EventLog | LogIndex | RunCatalogue | Leases> = Layer.merge(
  Layer.provideMerge(
    layerIndexByReading,
    Layer.provide(Layer.merge(layerEventLogMemory, layerRunCatalogueMemory), layerStore)
  ),
  layerLeasesMemory
)

import { describe, expect, it } from "@effect/vitest"
import { Arbitrary, Array as Arr, Context, Effect, FastCheck, Layer } from "effect"
import { Event } from "../../../src/domain/events.ts"
import { LogFile, layerWriter } from "../../../src/services/EventLog/sqlite/connect.ts"
import { layerEventLog } from "../../../src/services/EventLog/sqlite/eventLog.ts"
import { layerProjections } from "../../../src/services/EventLog/sqlite/projections.ts"
import { layerRunCatalogue } from "../../../src/services/EventLog/sqlite/summaries.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import { Projections } from "../../../src/services/Projections.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import { lawRuns } from "../../support/lawRuns.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { entry, resumed, run, runNamed, started } from "./samples.ts"

const opened = Effect.gen(function* () {
  const layers = Layer.mergeAll(layerEventLog, layerRunCatalogue, layerProjections)
  const context = yield* Layer.build(Layer.provideMerge(layers, layerWriter(yield* temporaryLog)))
  return {
    log: Context.get(context, EventLog),
    list: Context.get(context, RunCatalogue).list,
    rebuild: Context.get(context, Projections).rebuild,
    sql: Context.get(context, LogFile).writer!.sql
  }
})

const interrupted: Event = { _tag: "RunInterrupted", by: "signal", reason: "" }

/** A run that goes on, from where another one is (`parent`, from a share of its events) or by itself. */
const chapter = FastCheck.record({
  run: FastCheck.integer({ min: 0, max: 3 }),
  parent: FastCheck.option(FastCheck.tuple(FastCheck.nat({ max: 7 }), FastCheck.nat({ max: 5 }))),
  events: FastCheck.array(
    FastCheck.oneof(
      Arbitrary.make(Event),
      FastCheck.constantFrom<Event>(started(), started("label"), interrupted, resumed(2))
    ),
    { minLength: 1, maxLength: 4 }
  )
})

describe("rebuilding the projections", () => {
  it.scopedLive.prop(
    "changes nothing that the log has listed by itself, and brings back whatever was changed",
    [FastCheck.array(chapter, { minLength: 1, maxLength: 12 })],
    ([chapters]) =>
      Effect.gen(function* () {
        const { log, list, rebuild, sql } = yield* opened
        for (const [index, { run, parent, events }] of chapters.entries()) {
          const entries = events.map((event) => entry(event))
          // An answer may stand there already, a parent be missing or too short: then nothing was committed.
          yield* Effect.either(
            parent === null
              ? log.append(runNamed(run), entries, [])
              : log.branch(
                  runNamed(4 + index),
                  { parent: runNamed(parent[0]), position: parent[1] },
                  entries,
                  []
                )
          )
        }
        const live = yield* list
        expect(yield* rebuild).toMatchObject({ runs: live.length, drifts: [] })
        expect(yield* list).toEqual(live)
        yield* sql.unsafe("UPDATE run SET programs = programs + 1, status = 'solved' WHERE rowid % 2 = 0")
        yield* sql.unsafe("DELETE FROM run WHERE rowid % 3 = 0")
        yield* rebuild
        expect(yield* list).toEqual(live)
        expect((yield* rebuild).drifts).toEqual([])
      }),
    lawRuns(12)
  )

  it.scopedLive("tells what differed", () =>
    Effect.gen(function* () {
      const { log, rebuild, sql } = yield* opened
      yield* log.append(run, [entry(started("one"))], [])
      yield* log.append(runNamed(2), [entry(started("two"))], [])
      yield* sql.unsafe("UPDATE run SET status = 'solved' WHERE run_id = ?", [run])
      yield* sql.unsafe(`UPDATE run SET run_id = '${runNamed(9)}' WHERE run_id = ?`, [runNamed(2)])
      const { drifts, events } = yield* rebuild
      expect(events).toBe(2)
      expect(drifts).toMatchObject([
        { run, listed: { status: "solved" }, rebuilt: { status: "running" } },
        { run: runNamed(2), listed: null, rebuilt: { label: "two" } },
        { run: runNamed(9), listed: { label: "two" }, rebuilt: null }
      ])
    })
  )

  it.scopedLive("reads on from where it was, when the log grows before it can write", () =>
    Effect.gen(function* () {
      const { log, list, rebuild } = yield* opened
      yield* log.append(run, [entry(started())], [])
      const appending = Effect.forEach(Arr.range(1, 40), (n) => log.append(run, [entry(resumed(n))], []))
      yield* Effect.all([appending, Effect.repeatN(rebuild, 10)], { concurrency: "unbounded" })
      yield* log.append(run, [entry(interrupted)], [])
      expect(yield* list).toMatchObject([{ status: "interrupted" }])
      expect((yield* rebuild).drifts).toEqual([])
    })
  )

  it.scopedLive("changes nothing when an event cannot be read", () =>
    Effect.gen(function* () {
      const { log, list, rebuild, sql } = yield* opened
      yield* log.append(run, [entry(started("one")), entry(resumed(1))], [])
      yield* sql.unsafe("DROP TRIGGER event_is_never_changed")
      yield* sql.unsafe("UPDATE event SET data = '{}' WHERE pos = 1")
      yield* sql.unsafe("UPDATE run SET label = 'two'")
      const { message } = yield* Effect.flip(rebuild)
      expect(message).toMatch(/rebuilding its projections: event 1 of run .* is damaged/)
      expect(yield* list).toMatchObject([{ label: "two" }])
    })
  )
})

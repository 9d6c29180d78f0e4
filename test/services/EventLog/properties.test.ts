import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Arbitrary, Array as Arr, Chunk, Effect, FastCheck, Layer, Stream } from "effect"
import { Event } from "../../../src/domain/events.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import { layerMemory } from "../../../src/services/EventLog/memory.ts"
import { type Projection, projectRun } from "../../../src/services/EventLog/runProjection.ts"
import { EventLog, type Stored } from "../../../src/services/EventLog.ts"
import { RunCatalogue, type RunSummary } from "../../../src/services/RunCatalogue.ts"
import { lawRuns } from "../../support/lawRuns.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { allRows, linksOf, type Row } from "./links.ts"
import { openLog } from "./openLog.ts"
import { entry, runNamed, started } from "./samples.ts"

const runs = 4

/** One call of `append`: to which run, with which events and texts, and after how many turns of the others. */
const call = FastCheck.record({
  run: FastCheck.integer({ min: 0, max: runs - 1 }),
  events: FastCheck.array(Arbitrary.make(Event), { maxLength: 4 }),
  texts: FastCheck.array(FastCheck.fullUnicodeString({ maxLength: 600 }), { maxLength: 3 }),
  turns: FastCheck.integer({ min: 0, max: 4 })
})

const append = (
  log: typeof EventLog.Service,
  { run, events, texts, turns }: typeof call extends FastCheck.Arbitrary<infer Call> ? Call : never
) =>
  Effect.gen(function* () {
    for (let turn = 0; turn < turns; turn++) yield* Effect.yieldNow()
    return yield* Effect.either(
      log.append(
        runNamed(run),
        events.map((event) => entry(event)),
        texts
      )
    )
  })

const rebuilt = (events: Iterable<Stored>) =>
  Arr.reduce(events, undefined as Projection | undefined, projectRun)

describe("any interleaving of any appends", () => {
  it.scopedLive.prop(
    "gives positions without a gap, whole chains, every text, and the runs as their events say",
    [FastCheck.array(call, { minLength: 1, maxLength: 30 })],
    ([calls]) =>
      Effect.gen(function* () {
        const file = yield* temporaryLog
        const { log, catalogue } = yield* openLog(file)
        yield* log.append(runNamed(0), [entry(started())], [])
        const outcomes = yield* Effect.forEach(calls, (one) => append(log, one), { concurrency: "unbounded" })

        const database = new Database(file, { readonly: true })
        const rows = database.prepare(allRows).all() as Array<Row>
        database.close()
        const acknowledged = outcomes.flatMap((outcome) => (outcome._tag === "Right" ? outcome.right : []))
        expect(rows).toHaveLength(acknowledged.length + 1)
        const summaries: Array<RunSummary> = []
        for (const run of Arr.makeBy(runs, runNamed)) {
          const mine = rows.filter(({ run_id }) => run_id === run)
          expect(mine.map(({ pos }) => pos)).toEqual(mine.map((_, pos) => pos))
          expect(mine.map(({ link }) => link)).toEqual(linksOf(mine))
          const read = Chunk.toReadonlyArray(yield* Stream.runCollect(log.read(run)))
          for (const stored of acknowledged) {
            if (stored.runId === run) expect(read[stored.pos]).toEqual(stored)
          }
          const summary = rebuilt(read)
          if (summary !== undefined) summaries.push({ ...summary, parent: null })
        }
        expect(new Set(yield* catalogue.list)).toEqual(new Set(summaries))
        for (const [index, { texts }] of calls.entries()) {
          if (outcomes[index]!._tag === "Left") continue
          for (const text of texts) expect(yield* log.text(sha256(text))).toBe(text)
        }
      }),
    lawRuns(30)
  )

  it.scopedLive.prop(
    "leaves the same in a file and in memory, when made one after another",
    [FastCheck.array(call, { minLength: 1, maxLength: 15 })],
    ([calls]) =>
      Effect.gen(function* () {
        const all = Effect.gen(function* () {
          const log = yield* EventLog
          const outcomes = yield* Effect.forEach(calls, (one) => append(log, one))
          const list = yield* (yield* RunCatalogue).list
          const plain = outcomes.map((outcome) =>
            outcome._tag === "Right" ? outcome.right.map(({ pos, event }) => ({ pos, event })) : "refused"
          )
          return {
            plain,
            runs: list.map(({ startedAt: _, ...run }) => run).sort((a, b) => (a.runId < b.runId ? -1 : 1))
          }
        })
        const open = yield* openLog(yield* temporaryLog)
        const inFile = yield* Effect.provide(
          all,
          Layer.merge(Layer.succeed(EventLog, open.log), Layer.succeed(RunCatalogue, open.catalogue))
        )
        expect(yield* Effect.provide(all, layerMemory)).toEqual(inFile)
      }),
    lawRuns(20)
  )
})

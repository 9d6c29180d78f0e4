import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, FastCheck, Layer, type Scope } from "effect"
import { eventForms, type Fields, type Forms } from "../../../src/domain/eventForms.ts"
import type { Event } from "../../../src/domain/events.ts"
import { randomFor } from "../../../src/domain/random.ts"
import { replay } from "../../../src/programs/replay/replay.ts"
import { verify } from "../../../src/programs/verify/verify.ts"
import { EventForms } from "../../../src/services/EventLog/EventForms.ts"
import { layerLogAudit } from "../../../src/services/EventLog/sqlite/audit.ts"
import { layerWriter } from "../../../src/services/EventLog/sqlite/connect.ts"
import { layerEventLog } from "../../../src/services/EventLog/sqlite/eventLog.ts"
import { schemaVersion } from "../../../src/services/EventLog/sqlite/migrate.ts"
import { layerProjections } from "../../../src/services/EventLog/sqlite/projections.ts"
import { layerRunCatalogue } from "../../../src/services/EventLog/sqlite/summaries.ts"
import { EventLog, type LogFailed } from "../../../src/services/EventLog.ts"
import type { LogAudit } from "../../../src/services/LogAudit.ts"
import { Projections } from "../../../src/services/Projections.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import { asOf, laterForms, newestOf } from "../../support/olderForms.ts"
import { madeLog, rechain, rewritten } from "../../support/rewrittenLog.ts"
import { eventsOf } from "../../support/searching.ts"
import { entry, received } from "./samples.ts"

type Services = EventLog | RunCatalogue | Projections | LogAudit

/** Uses a log as a version of seidr would that knows these forms. */
const knowing = <A, E>(
  database: string,
  forms: Forms | undefined,
  use: Effect.Effect<A, E, Services | Scope.Scope>
) => {
  const layers = Layer.mergeAll(layerEventLog, layerRunCatalogue, layerProjections, layerLogAudit).pipe(
    Layer.provide(layerWriter(database))
  )
  const known = forms === undefined ? Layer.empty : Layer.succeed(EventForms, forms)
  return Effect.scoped(Effect.provide(use, Layer.provide(layers, known)))
}

interface StoredRow {
  readonly seq: number
  readonly type: Event["_tag"]
  readonly data: string
}

/** Stores every event as one version or another of the history has, and makes the chains right. */
const aged = (seed: number) => (file: Database.Database) => {
  const random = randomFor(seed, "versions")
  const put = file.prepare("UPDATE event SET ver = ?, data = ? WHERE seq = ?")
  for (const { seq, type, data } of file
    .prepare("SELECT seq, type, data FROM event")
    .all() as ReadonlyArray<StoredRow>) {
    const ver = random.integer(1, newestOf(type))
    put.run(ver, JSON.stringify(asOf(type, ver, JSON.parse(data) as Fields)), seq)
  }
  rechain(file)
}

const readAll = Effect.gen(function* () {
  const runs = yield* (yield* RunCatalogue).list
  return yield* Effect.forEach(runs, ({ runId }) =>
    Effect.map(eventsOf(runId), (events) => events.map(({ hash: _, ...event }) => event))
  )
})

describe("a log of older versions", () => {
  it.scopedLive("reads, replays, verifies and rebuilds as the same log of the present one", () =>
    Effect.gen(function* () {
      const { database } = yield* madeLog
      const before = yield* knowing(database, undefined, readAll)
      for (const seed of FastCheck.sample(FastCheck.nat(), 3)) {
        const old = yield* rewritten(database, aged(seed))
        yield* knowing(
          old,
          laterForms,
          Effect.gen(function* () {
            expect(yield* readAll, `seed ${seed}`).toEqual(before)
            for (const { runId } of yield* (yield* RunCatalogue).list)
              expect((yield* replay(runId)).divergence).toBeUndefined()
            expect((yield* verify(undefined, undefined)).findings).toEqual([])
            expect((yield* (yield* Projections).rebuild).drifts).toEqual([])
          })
        )
      }
    })
  )

  it.scopedLive("goes on in the present one, and its rows stay as they are", () =>
    Effect.gen(function* () {
      const { database, parent } = yield* madeLog
      const old = yield* rewritten(database, aged(1))
      yield* knowing(
        old,
        laterForms,
        Effect.gen(function* () {
          const log = yield* EventLog
          const [stored] = yield* log.append(parent, [entry(received("z"))], [])
          expect((yield* eventsOf(parent)).at(-1)).toEqual(stored)
          const file = new Database(old, { readonly: true })
          const versions = "SELECT ver FROM event WHERE run_id = ? ORDER BY pos DESC LIMIT 1"
          expect(file.prepare(versions).pluck().get(parent)).toBe(2)
          file.close()
        })
      )
    })
  )

  it("is told by its schema: who raises a version of an event adds a migration, if an empty one, and notes both here", () => {
    const raised = Object.entries(eventForms).filter(([, steps]) => steps.length > 0)
    const versions = raised.map(([type, steps]) => `${type} ${steps.length + 1}`)
    expect({ schema: schemaVersion, versions }).toEqual({
      schema: 4,
      versions: [
        "CompletionRequested 2",
        "CompletionReceived 2",
        "CompletionFailed 2",
        "ProgramWritten 2",
        "ProgramEvaluated 2",
        "InstructionWritten 2",
        "HiddenScored 2"
      ]
    })
  })

  it.scopedLive("and one of a newer version is refused by name, event and version", () =>
    Effect.gen(function* () {
      const { database, parent } = yield* madeLog
      const newer = yield* rewritten(database, (file) => {
        file.exec(`UPDATE event SET ver = 9 WHERE run_id = '${parent}' AND pos = 3`)
        file.exec(`UPDATE event SET type = 'ProgramDreamt' WHERE run_id = '${parent}' AND pos = 4`)
        rechain(file)
      })
      yield* knowing(
        newer,
        undefined,
        Effect.gen(function* () {
          const refusal = (effect: Effect.Effect<unknown, unknown, Services>) =>
            Effect.map(Effect.flip(effect), (error) => (error as LogFailed).message)
          const named = new RegExp(
            `event 3 of run ${parent} is a .* of version 9, and this seidr knows it up to version \\d`
          )
          expect(yield* refusal(eventsOf(parent))).toMatch(named)
          expect(yield* refusal(replay(parent))).toMatch(named)
          expect(yield* refusal(Effect.flatMap(Projections, ({ rebuild }) => rebuild))).toMatch(named)
          const { findings } = yield* verify(parent, undefined)
          expect(findings.map(({ pos, what }) => [pos, what])).toEqual([
            [3, expect.stringMatching(named)],
            [4, expect.stringMatching(/is a "ProgramDreamt", and this seidr knows RunStarted, /)]
          ])
        })
      )
    })
  )
})

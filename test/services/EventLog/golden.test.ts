import { copyFileSync, readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Chunk, Effect, Layer, Stream } from "effect"
import { rules } from "../../../src/domain/rules.ts"
import { layerAudit, layerLogReader } from "../../../src/programs/layers.ts"
import { replay } from "../../../src/programs/replay/replay.ts"
import { verify } from "../../../src/programs/verify/verify.ts"
import { EventLog, type Stored } from "../../../src/services/EventLog.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { allRows, linksOf, type Row } from "./links.ts"

const folder = fileURLToPath(new URL("../../golden/", import.meta.url))
const logs = readdirSync(folder).filter((name) => name.endsWith(".db"))

/** A copy, since even reading a log leaves files beside it. */
const copyOf = (name: string) =>
  Effect.tap(temporaryLog, (file) => Effect.sync(() => copyFileSync(`${folder}${name}`, file)))

const golden = Layer.unwrapScoped(Effect.map(copyOf("v1.db"), (database) => layerLogReader({ database })))

describe("the golden logs", () => {
  it("are there, one of each released version", () => {
    expect(logs).toContain("v1.db")
  })

  it.scopedLive.each(logs)("%s replays", (name) =>
    Effect.gen(function* () {
      const database = yield* copyOf(name)
      yield* Effect.gen(function* () {
        const runs = yield* (yield* RunCatalogue).list
        expect(runs.length).toBeGreaterThan(1)
        for (const { runId, status, programs } of runs) {
          const { divergence, state } = yield* replay(runId)
          expect(divergence).toBeUndefined()
          expect(state._tag === "Finished" && state.search.ended).toMatchObject({
            status,
            used: { programs }
          })
        }
      }).pipe(Effect.provide(layerLogReader({ database })))
    })
  )

  // Rules have changed since. As long as none of these logs' own texts is concerned, all of them can still be compared.
  it.scopedLive.each(logs)(
    "%s replays with every text compared, as if its rules were the present ones",
    (name) =>
      Effect.gen(function* () {
        const database = yield* copyOf(name)
        yield* Effect.gen(function* () {
          const log = yield* EventLog
          const present = (stored: Stored): Stored =>
            "rules" in stored.event ? { ...stored, event: { ...stored.event, rules } } : stored
          const read: typeof log.read = (runId, from) => Stream.map(log.read(runId, from), present)
          for (const { runId } of yield* (yield* RunCatalogue).list) {
            const replayed = yield* Effect.provideService(replay(runId), EventLog, { ...log, read })
            expect(replayed).toMatchObject({ divergence: undefined, unchecked: [] })
          }
        }).pipe(Effect.provide(layerLogReader({ database })))
      })
  )

  it.scopedLive.each(logs)("%s is intact as it is, before anybody writes to it", (name) =>
    Effect.gen(function* () {
      const database = yield* copyOf(name)
      const verified = Effect.provide(verify(undefined, undefined), [
        layerLogReader({ database }),
        layerAudit({ database })
      ])
      expect((yield* verified).findings).toEqual([])
      const file = new Database(database)
      expect(`v${file.pragma("user_version", { simple: true })}.db`).toBe(name)
      file.exec("DROP TRIGGER event_is_never_changed")
      file.pragma("user_version = 2")
      file.close()
      const damage = (yield* verified).findings.map(({ what }) => what)
      expect(damage).toContain("the trigger event_is_never_changed is missing")
      expect(damage).toContain(
        name === "v1.db"
          ? "the view runs is missing"
          : "the table redacted is there, and its schema has version 2"
      )
    })
  )

  it.scopedLive("are replayed without comparing texts that other rules made", () =>
    Effect.gen(function* () {
      const log = yield* EventLog
      const { find } = yield* RunCatalogue
      const { runId } = yield* find("golden-model")
      const events = Chunk.toReadonlyArray(yield* Stream.runCollect(log.read(runId)))
      /** The same run, had its prompts been of a version and its requests other ones. */
      const replayOf = (prompts: number) => {
        const changed = events.map((stored): Stored => {
          const { event } = stored
          if (event._tag === "RunStarted")
            return { ...stored, event: { ...event, rules: { ...rules, prompts } } }
          if (event._tag !== "CompletionRequested") return stored
          return { ...stored, event: { ...event, request: { ...event.request, user: [] } } }
        })
        return Effect.provideService(replay(runId), EventLog, {
          ...log,
          read: () => Stream.fromIterable(changed)
        })
      }
      expect((yield* replayOf(rules.prompts)).divergence?.recorded._tag).toBe("CompletionRequested")
      expect(yield* replayOf(rules.prompts + 1)).toMatchObject({
        divergence: undefined,
        unchecked: ["prompts"]
      })
    }).pipe(Effect.provide(golden))
  )

  it.scopedLive.each(logs)("%s has its chains whole", (name) =>
    Effect.gen(function* () {
      const database = new Database(yield* copyOf(name), { readonly: true })
      const rows = database.prepare(allRows).all() as Array<Row>
      database.close()
      for (const run of new Set(rows.map(({ run_id }) => run_id))) {
        const mine = rows.filter(({ run_id }) => run_id === run)
        expect(mine.map(({ link }) => link)).toEqual(linksOf(mine))
      }
    })
  )
})

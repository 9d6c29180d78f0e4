// Durable appends of 1 KB events by 64 producers, next to bare better-sqlite3 with the same schema, batches and chain,
// by turns.
import { createHash } from "node:crypto"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { log0001 } from "../../dist/migrations/0001_log.js"
import { layerWriter } from "../../dist/src/services/EventLog/sqlite/connect.js"
import { layerEventLog } from "../../dist/src/services/EventLog/sqlite/eventLog.js"
import { EventLog } from "../../dist/src/services/EventLog.js"
import { median, now, rounded, seconds } from "./measure.mjs"

const producers = 64
const runId = (number) => `01J${String(number).padStart(23, "0")}`
/** The reason makes the event's JSON about 1 KB long. */
const eventOf = (number) => ({
  _tag: "CompletionFailed",
  callKey: createHash("sha256").update(String(number)).digest("hex"),
  place: "d3.e0.r1",
  attempt: 1,
  error: "ModelUnavailable",
  reason: String(number).padEnd(830, "x")
})

const seidr = async (file, events) => {
  const program = Effect.gen(function* () {
    const log = yield* EventLog
    const started = now()
    yield* Effect.forEach(
      Array.from({ length: producers }, (_, index) => index),
      (producer) =>
        Effect.gen(function* () {
          for (let number = producer; number < events; number += producers) {
            yield* log.append(runId(producer), [{ event: eventOf(number), cause: null }], [])
          }
        }),
      { concurrency: "unbounded", discard: true }
    )
    return events / seconds(started)
  })
  return Effect.runPromise(Effect.provide(program, layerEventLog.pipe(Layer.provide(layerWriter(file)))))
}

const bare = (file, events) => {
  const database = new Database(file)
  database.pragma("journal_mode = WAL")
  database.pragma("synchronous = FULL")
  for (const statement of log0001) database.exec(statement)
  const insert = database.prepare(
    "INSERT INTO event (run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
  )
  const heads = new Map()
  const commit = database.transaction((batch) => {
    for (const number of batch) {
      const run = runId(number % producers)
      const { pos, hash } = heads.get(run) ?? { pos: -1, hash: "0".repeat(64) }
      const { _tag, ...fields } = eventOf(number)
      const row = [
        run,
        pos + 1,
        _tag,
        1,
        fields.place,
        fields.callKey,
        null,
        null,
        Date.now(),
        JSON.stringify(fields)
      ]
      const next = createHash("sha256")
        .update(JSON.stringify([hash, ...row]))
        .digest("hex")
      insert.run(...row, Buffer.from(next, "hex"))
      heads.set(run, { pos: pos + 1, hash: next })
    }
  })
  const started = now()
  for (let number = 0; number < events; number += producers) {
    commit(Array.from({ length: Math.min(producers, events - number) }, (_, index) => number + index))
  }
  const rate = events / seconds(started)
  database.close()
  return rate
}

export const appends = async ({ folder, events, rounds }) => {
  const ours = []
  const theirs = []
  await seidr(join(folder, "warm.db"), events)
  for (let round = 0; round < rounds; round++) {
    theirs.push(bare(join(folder, `bare-${round}.db`), events))
    ours.push(await seidr(join(folder, `appends-${round}.db`), events))
  }
  return {
    events,
    "bytes per event": JSON.stringify(eventOf(1)).length,
    producers,
    "events/s": rounded(median(ours)),
    "bare better-sqlite3 events/s": rounded(median(theirs)),
    "of bare": rounded(median(ours.map((rate, round) => rate / theirs[round])), 2)
  }
}

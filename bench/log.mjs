// Durable appends of 1 KB events by 64 producers, next to bare better-sqlite3 with the same schema, batches and chain,
// in one process and on one disk, by turns. Wants a build. node bench/log.mjs [FOLDER] [EVENTS]
import { createHash } from "node:crypto"
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { log0001 } from "../dist/migrations/0001_log.js"
import { layerWriter } from "../dist/src/services/EventLog/sqlite/connect.js"
import { layerEventLog } from "../dist/src/services/EventLog/sqlite/eventLog.js"
import { EventLog } from "../dist/src/services/EventLog.js"

const folder = mkdtempSync(join(resolve(process.argv[2] ?? tmpdir()), "seidr-bench-"))
const events = Number(process.argv[3] ?? 20_000)
const producers = 64
const rounds = 3
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

const perSecond = (count, started) => count / (Number(process.hrtime.bigint() - started) / 1e9)

const fsyncs = () => {
  const descriptor = openSync(join(folder, "probe"), "w")
  const page = Buffer.alloc(4_096)
  const started = process.hrtime.bigint()
  const count = 200
  for (let number = 0; number < count; number++) {
    writeSync(descriptor, page)
    fsyncSync(descriptor)
  }
  closeSync(descriptor)
  return perSecond(count, started)
}

const seidr = async (file) => {
  const program = Effect.gen(function* () {
    const log = yield* EventLog
    const started = process.hrtime.bigint()
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
    return perSecond(events, started)
  })
  return Effect.runPromise(Effect.provide(program, layerEventLog.pipe(Layer.provide(layerWriter(file)))))
}

const bare = (file) => {
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
  const started = process.hrtime.bigint()
  for (let number = 0; number < events; number += producers) {
    commit(Array.from({ length: Math.min(producers, events - number) }, (_, index) => number + index))
  }
  const rate = perSecond(events, started)
  database.close()
  return rate
}

const median = (values) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]

try {
  const ours = []
  const theirs = []
  await seidr(join(folder, "warm.db"))
  for (let round = 0; round < rounds; round++) {
    theirs.push(bare(join(folder, `bare-${round}.db`)))
    ours.push(await seidr(join(folder, `seidr-${round}.db`)))
  }
  const report = {
    events,
    bytes: JSON.stringify(eventOf(1)).length,
    producers,
    "events/s": Math.round(median(ours)),
    "bare better-sqlite3 events/s": Math.round(median(theirs)),
    ratio: Number((median(ours) / median(theirs)).toFixed(2)),
    "disk fsync/s": Math.round(fsyncs())
  }
  console.log(JSON.stringify(report))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

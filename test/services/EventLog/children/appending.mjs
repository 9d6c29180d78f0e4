// Appends to its own run without end, or `count` events, and prints each acknowledged position when it has it.
import { writeSync } from "node:fs"
import { Effect, Layer } from "effect"
import { rules } from "../../../../dist/src/domain/rules.js"
import { layerWriter } from "../../../../dist/src/services/EventLog/sqlite/connect.js"
import { layerEventLog } from "../../../../dist/src/services/EventLog/sqlite/eventLog.js"
import { EventLog } from "../../../../dist/src/services/EventLog.js"

const [file, runId, count] = process.argv.slice(2)

const producer = (log) =>
  Effect.gen(function* () {
    for (let number = 0; number < Number(count); number++) {
      const text = `${runId} ${number} ${"x".repeat(number % 700)}`
      const [stored] = yield* log.append(
        runId,
        [{ event: { _tag: "RunResumed", epoch: number, rules }, cause: null }],
        [text]
      )
      writeSync(1, `${stored.pos} ${stored.event.epoch} ${stored.hash}\n`)
    }
  })

const program = Effect.gen(function* () {
  const log = yield* EventLog
  yield* Effect.all(
    [1, 2, 3, 4].map(() => producer(log)),
    { concurrency: "unbounded" }
  )
})

await Effect.runPromise(Effect.provide(program, layerEventLog.pipe(Layer.provide(layerWriter(file)))))

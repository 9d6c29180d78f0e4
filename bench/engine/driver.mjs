// A driver in the midst of two programs that do not end: it is there to be killed.
import { Effect } from "effect"
import { layer } from "../../dist/src/services/Sandbox/layer.js"
import { Sandbox } from "../../dist/src/services/Sandbox.js"

const job = {
  language: "python",
  source: "import os, time\nos.fork()\nwhile True: time.sleep(1)",
  inputs: [""],
  limits: { timeMs: 60_000, memoryBytes: 2 ** 28, outputBytes: 2 ** 20 }
}
await Effect.runPromise(
  Effect.flatMap(Sandbox, ({ run }) => Effect.all([run(job), run(job)], { concurrency: 2 })).pipe(
    Effect.provide(layer({ unconfined: false, environment: process.env }))
  )
)

// A long row of cases in a process of its own: what it holds after a tenth of them, and after all.
//
//   node --expose-gc bench/engine/row.mjs CASES
//
// Prints it as JSON. Memory is read right after garbage was collected, since when a JavaScript engine does that by itself
// changes it by more than the tenth that it may grow by.
import { readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { Effect, ManagedRuntime } from "effect"
import { layer } from "../../dist/src/services/Sandbox/layer.js"
import { Sandbox } from "../../dist/src/services/Sandbox.js"
import { descendants } from "./endings.mjs"
import { cases, python } from "./programs.mjs"

const total = Number(process.argv[2])
const limits = { timeMs: 2_000, memoryBytes: 2 ** 28, outputBytes: 2 ** 20 }
const runtime = ManagedRuntime.make(layer({ unconfined: false, environment: process.env, lanes: 2 }))

const run = async (examples) => {
  const job = { language: "python", source: python(), inputs: examples.map(({ input }) => input), limits }
  const result = await runtime.runPromise(Effect.flatMap(Sandbox, (sandbox) => sandbox.run(job)))
  for (const [index, { stdout }] of result.executions.entries()) {
    if (stdout !== examples[index].output) throw new Error(`case ${index} printed ${stdout}`)
  }
}

/** Longer than it takes to make the sandboxes that wait, which are there before and after. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 1_000))

const held = async () => {
  await settled()
  globalThis.gc()
  return {
    memoryMB: Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024),
    heapMB: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
    descriptors: readdirSync("/proc/self/fd").length,
    processes: descendants(process.pid).length,
    temporaryFiles: readdirSync(tmpdir()).filter((name) => name.startsWith(`seidr-${process.pid}`)).length
  }
}

let early
for (let done = 100; done <= total; done += 100) {
  await run(cases(100))
  if (early === undefined && done >= total / 10) early = await held()
}
const late = await held()
await runtime.dispose()
console.log(JSON.stringify({ cases: total, early, late }))

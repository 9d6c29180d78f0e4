// What the ways to confine programs cost, against each other, in one run. Build first (`npm run build`).
//
//   node bench/tiers.mjs [--rounds 15]
//
// Tiers that this machine does not have are left out. Prints a table of medians.
import { parseArgs } from "node:util"
import { Effect, Either, ManagedRuntime } from "effect"
import { layer } from "../dist/src/services/Sandbox/layer.js"
import { Sandbox } from "../dist/src/services/Sandbox.js"

const { values } = parseArgs({ options: { rounds: { type: "string", default: "15" } } })
const limits = { timeMs: 2_000, memoryBytes: 2 ** 28, outputBytes: 2 ** 20 }
let salt = 0
const job = (cases) => ({
  language: "python",
  source: `print(input(), ${salt++})`,
  inputs: Array.from({ length: cases }, (_, index) => `${index}\n`),
  limits
})

const runtimes = (name, waiting) =>
  ManagedRuntime.make(
    layer({
      unconfined: false,
      environment: process.env,
      tiers: [name],
      lanes: 2,
      ...(waiting ? {} : { waiting: 0 })
    })
  )
const run = (runtime, cases) =>
  runtime.runPromise(
    Effect.gen(function* () {
      const result = yield* (yield* Sandbox).run(job(cases))
      if (result._tag !== "Ran" || result.executions.length !== cases) throw new Error("it was not run")
    })
  )

const tiers = []
for (const name of ["bubblewrap", "user namespaces", "container"]) {
  const cold = runtimes(name, false)
  const tier = await cold.runPromise(Effect.flatMap(Sandbox, (sandbox) => Effect.either(sandbox.tier)))
  if (Either.isRight(tier)) tiers.push({ name, cold, warm: runtimes(name, true) })
}

const works = {
  "one case, from cold, ms": ({ cold }) => run(cold, 1),
  "100 cases, from cold, ms": ({ cold }) => run(cold, 100),
  "20 programs of 20 cases, two lanes, ms": ({ warm }) =>
    Promise.all(Array.from({ length: 20 }, () => run(warm, 20)))
}
const took = new Map()
for (let round = 0; round < Number(values.rounds); round++) {
  for (const tier of tiers) {
    for (const [work, perform] of Object.entries(works)) {
      const begun = performance.now()
      await perform(tier)
      const key = `${tier.name} ${work}`
      took.set(key, [...(took.get(key) ?? []), performance.now() - begun])
    }
  }
}
const median = (numbers) => [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)]

console.log(`${"".padEnd(40)}${tiers.map(({ name }) => name.padStart(18)).join("")}`)
for (const work of Object.keys(works)) {
  const cells = tiers.map(({ name }) =>
    median(took.get(`${name} ${work}`))
      .toFixed(1)
      .padStart(18)
  )
  console.log(`${work.padEnd(40)}${cells.join("")}`)
}
for (const { cold, warm } of tiers) {
  await cold.dispose()
  await warm.dispose()
}

// A driver in a process of its own: reads jobs as JSON from stdin, prints what came of them as JSON. With a user id as
// its argument it becomes that user first.
import { readFileSync } from "node:fs"
import { Effect, Either } from "effect"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { type Job, Sandbox } from "../../../src/services/Sandbox.ts"

const jobs = JSON.parse(readFileSync(0, "utf8")) as ReadonlyArray<Job>
const user = Number(process.argv[2] ?? "0")
if (user !== 0) {
  process.setgroups?.([])
  process.setgid?.(user)
  process.setuid?.(user)
}

const program = Effect.gen(function* () {
  const sandbox = yield* Sandbox
  const tier = yield* Effect.either(sandbox.tier)
  if (Either.isLeft(tier)) return { fault: tier.left.message }
  const runs = yield* Effect.forEach(jobs, sandbox.run, { concurrency: 2 })
  return { tier: tier.right.name, uid: process.getuid?.(), runs }
}).pipe(Effect.provide(layer({ unconfined: false, environment: process.env })))

process.stdout.write(`${JSON.stringify(await Effect.runPromise(program))}\n`)

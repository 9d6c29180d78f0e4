// A driver in a process of its own: reads `Work` as JSON from stdin, prints the `Answer` to it as JSON.
import { readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { Effect, Either } from "effect"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"
import type { Work } from "./drivers.ts"
import { descendants } from "./processes.ts"

const { jobs, setting, tiers, unconfined, user, watched } = JSON.parse(readFileSync(0, "utf8")) as Work
if (user !== undefined) {
  process.setgroups?.([])
  process.setgid?.(user)
  process.setuid?.(user)
}

/** What a program has left: processes below this one, and files of this process's sandboxes. Dying takes a moment. */
const left = async (before: ReadonlySet<number>): Promise<ReadonlyArray<string>> => {
  for (const deadline = Date.now() + 20_000; ; ) {
    const found = [
      ...descendants(process.pid).flatMap((pid) => (before.has(pid) ? [] : [`process ${pid}`])),
      ...readdirSync(tmpdir()).filter((name) => name.startsWith(`seidr-${process.pid}-`))
    ]
    if (found.length === 0 || Date.now() > deadline) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const program = Effect.gen(function* () {
  const sandbox = yield* Sandbox
  const tier = yield* Effect.either(sandbox.tier)
  if (Either.isLeft(tier)) return { fault: tier.left.message }
  const before = new Set(descendants(process.pid))
  const runs = yield* Effect.forEach(
    jobs,
    (job) =>
      Effect.gen(function* () {
        const run = yield* Effect.either(sandbox.run(job))
        return {
          ...(Either.isRight(run) ? { run: run.right } : { fault: run.left.message }),
          left: watched ? yield* Effect.promise(() => left(before)) : []
        }
      }),
    { concurrency: watched ? 1 : 2 }
  )
  return { tier: tier.right.name, uid: process.getuid?.(), runs }
}).pipe(
  Effect.provide(
    layer({
      unconfined: unconfined ?? false,
      environment: process.env,
      ...(tiers === undefined ? {} : { tiers }),
      ...(setting === undefined ? {} : { setting }),
      ...(watched ? { waiting: 0 } : {})
    })
  )
)

process.stdout.write(`${JSON.stringify(await Effect.runPromise(program))}\n`)

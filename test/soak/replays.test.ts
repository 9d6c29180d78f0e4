import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { randomFor } from "../../src/domain/random.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import { fakeSandbox } from "../support/fakeSandbox.ts"
import { answerOf, type Oracle } from "../support/oracle.ts"
import { preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { slowDisk } from "../support/slowDisk.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const rankings = [{ kind: "score" }, { kind: "lexicase" }, { kind: "tournament", size: 3 }] as const

/** Everything outside takes a time of its own, from nothing to a few milliseconds. */
const unhurried = (oracle: Oracle, seed: number) => {
  const wait = (purpose: string, place: string) =>
    Effect.sleep(randomFor(seed, purpose, place).integer(0, 400) / 100)
  const disk = randomFor(seed, "disk")
  return {
    model: scripted(({ role }, { callKey }) =>
      Effect.as(wait("model", callKey), answerOf(oracle, role, callKey))
    ),
    sandbox: fakeSandbox(({ source }) => wait("sandbox", source)),
    between: slowDisk(() => Effect.sleep(disk.integer(0, 50) / 100))
  }
}

describe("replay", () => {
  it.scopedLive.each(Array.from({ length: 200 }, (_, seed) => seed))(
    "of a run recorded at concurrency 1, 8 and 64 with random latencies is identical (%i)",
    (seed) =>
      Effect.gen(function* () {
        const random = randomFor(seed, "world")
        const oracle = {
          seed,
          cases: random.integer(1, 6),
          skill: random.pick([0.2, 0.5, 0.7]),
          silence: random.pick([0, 0.2])
        }
        const settings = {
          ...published,
          seed,
          maxPrograms: random.integer(8, 40),
          explanations: random.integer(1, 2),
          repairs: random.integer(1, 4),
          ranking: random.pick(rankings),
          instructions: random.pick(["model", "model", "static"] as const)
        }
        const results = yield* Effect.forEach([1, 8, 64], (concurrency) =>
          Effect.gen(function* () {
            const ring = { concurrency, executions: concurrency, capacity: concurrency }
            const { result } = yield* Effect.provide(
              solveAndReplay(preparedIn({ settings, oracle })),
              searching({ database: yield* temporaryLog, ...unhurried(oracle, seed + concurrency), ...ring })
            )
            return { ...result, runId: undefined, surplus: undefined }
          })
        )
        expect(results[1]).toEqual(results[0])
        expect(results[2]).toEqual(results[0])
      })
  )
})

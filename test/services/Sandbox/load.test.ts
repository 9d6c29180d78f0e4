import { type ChildProcess, spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { vi } from "vitest"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"
import { descendants } from "./processes.ts"

const limits = { ...defaultLimits, timeMs: 300 }

/** Programs that take a known share of the limit, measured as the judge measures. */
const near = [0.5, 0.85, 1.2, 2, 9].map((share) => ({
  share,
  source: `import time\nwhile time.process_time() < ${0.3 * share}: pass\nprint("done")`
}))

const expected = near.map(({ share }) => (share < 1 ? "Exited" : "TimeLimit"))

const endings = Effect.gen(function* () {
  const { run } = yield* Sandbox
  const runs = yield* Effect.forEach(
    near,
    ({ source }) => run({ language: "python", source, inputs: ["", ""], limits }),
    { concurrency: "unbounded" }
  )
  return runs.map((result) =>
    result._tag === "Ran" ? result.executions.map(({ ending }) => ending._tag) : result._tag
  )
})

const sandbox = Layer.fresh(layer({ unconfined: false, environment: process.env }))

describe("on a busy machine", () => {
  const busy: Array<ChildProcess> = []
  beforeAll(() => {
    for (let count = 0; count < 2; count++) {
      busy.push(spawn(process.execPath, ["-e", "for (;;) {}"], { stdio: "ignore" }))
    }
  })
  afterAll(() => {
    for (const child of busy) child.kill("SIGKILL")
  })

  it.live("programs near the limit get the verdicts that they get alone", () =>
    Effect.gen(function* () {
      expect(yield* endings).toEqual(expected.map((ending) => [ending, ending]))
    }).pipe(Effect.provide(sandbox))
  )
})

describe.skipIf(process.platform !== "linux")("a program that got no processor (needs /proc)", () => {
  it.live(
    "is run again before it is called too slow",
    () =>
      Effect.gen(function* () {
        const { run, tier } = yield* Sandbox
        yield* tier
        const before = new Set(descendants(process.pid))
        const source = "import time\nwhile time.process_time() < 0.15: pass\nprint('done')"
        const job = { language: "python", source, inputs: [""], limits } as const
        const running = yield* Effect.fork(run(job))
        yield* Effect.promise(() =>
          vi.waitFor(
            () => {
              // The program is the one that the kernel is to take first.
              const programs = descendants(process.pid).filter((pid) => !before.has(pid) && isProgram(pid))
              expect(programs.length).toBe(1)
              process.kill(programs[0]!, "SIGSTOP")
            },
            { timeout: 20_000, interval: 1 }
          )
        )
        const result = yield* Fiber.join(running)
        expect(result).toMatchObject({
          executions: [{ ending: { _tag: "Exited", code: 0 }, stdout: "done\n" }]
        })
      }).pipe(Effect.provide(sandbox)),
    30_000
  )
})

const isProgram = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/oom_score_adj`, "utf8").trim() === "1000"
  } catch {
    return false
  }
}

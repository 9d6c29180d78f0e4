import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { runnerFolder } from "../../../src/services/Sandbox/runner.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"

const limits = { ...defaultLimits, timeMs: 500 }

/** Programs that take a known share of the limit, measured as the judge measures. */
const near = [0.5, 1.2, 9].map((share) => ({
  share,
  source: `import time\nwhile time.process_time() < ${0.5 * share}: pass\nprint("done")`
}))

const endings = Effect.gen(function* () {
  const { run } = yield* Sandbox
  const runs = yield* Effect.forEach(
    near,
    ({ source }) => run({ language: "python", source, inputs: [""], limits }),
    { concurrency: "unbounded" }
  )
  return runs.map((result) =>
    result._tag === "Ran" ? result.executions.map(({ ending }) => ending._tag) : result._tag
  )
})

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
      expect(yield* endings).toEqual(near.map(({ share }) => [share < 1 ? "Exited" : "TimeLimit"]))
    }).pipe(Effect.provide(Layer.fresh(layer({ unconfined: false, environment: process.env }))))
  )
})

describe("a program that the clock on the wall has ended", () => {
  let folder = ""
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "seidr-test-"))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  // Only without confinement can a program know that it has been run before.
  const sandbox = Layer.fresh(layer({ unconfined: true, environment: process.env, tiers: [] }))

  it.live("is run again before it is called too slow", () =>
    Effect.gen(function* () {
      const source = `import os, time
mark = os.path.join(${JSON.stringify(folder)}, "mark")
if not os.path.exists(mark):
    open(mark, "w").close()
    time.sleep(600)
print("done")`
      const result = yield* (yield* Sandbox).run({ language: "python", source, inputs: [""], limits })
      expect(result).toMatchObject({
        executions: [{ ending: { _tag: "Exited", code: 0 }, stdout: "done\n" }]
      })
    }).pipe(Effect.provide(sandbox))
  )
})

describe("the outer stop, by wall time", () => {
  /** Whether it ends a case, of 1 s, whose threads had waited so long for a processor before it and by now. */
  const isOver = (wall: number, before: unknown, waits: unknown): string =>
    spawnSync(
      "python3",
      [
        "-B",
        "-c",
        `import json, sys, types
sys.path.insert(0, sys.argv[1])
from case import Plan
wall, before, waits = map(json.loads, sys.argv[2:])
plan = Plan(None, {"wallMs": 1000, "timeMs": 100}, [])
print(plan.is_over(wall, types.SimpleNamespace(waits=lambda: waits), before))`,
        runnerFolder,
        ...[wall, before, waits].map((value) => JSON.stringify(value))
      ],
      { encoding: "utf8" }
    ).stdout.trim()

  const rows: ReadonlyArray<readonly [string, number, unknown, unknown, string]> = [
    ["waits for its time", 0.9, {}, {}, "False"],
    ["ends what sleeps", 1.1, {}, { 7: 0.01 }, "True"],
    ["does not count the time without a processor", 4, {}, { 7: 3.5, 8: 0.1 }, "False"],
    ["counts that of the thread that has waited longest", 4, {}, { 7: 1.6, 8: 1.6 }, "True"],
    ["knows what was before the case", 4, { 7: 3 }, { 7: 3.5, 8: 0.1 }, "True"],
    ["comes at last", 11, {}, { 7: 10.9 }, "True"]
  ]
  for (const [name, wall, before, waits, over] of rows) {
    it(name, () => expect(isOver(wall, before, waits)).toBe(over))
  }
})

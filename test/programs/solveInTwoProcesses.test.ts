import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { replayAll } from "../support/replayAll.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const main = fileURLToPath(new URL("../../dist/seidr.js", import.meta.url))

/** A whole search in a process of its own, with real programs in the real sandbox; the document that it ends with. */
const solveApart = (database: string, concurrency: number): Effect.Effect<Record<string, unknown>> =>
  Effect.async((resume) => {
    const flags = ["--valid-examples", "20", "--test-examples", "20", "--model", "simulated:hard", "--json"]
    const child = spawn(
      process.execPath,
      [main, "solve", "gcd", ...flags, "--concurrency", `${concurrency}`, "--db", database],
      { stdio: ["ignore", "pipe", "pipe"] }
    )
    let [out, err] = ["", ""]
    child.stdout.on("data", (chunk) => (out += chunk))
    child.stderr.on("data", (chunk) => (err += chunk))
    child.on("close", (status) => {
      const last = out.trim().split("\n").at(-1) ?? ""
      resume(
        last.startsWith("{")
          ? Effect.succeed(JSON.parse(last) as Record<string, unknown>)
          : Effect.dieMessage(`status ${status}: ${err}`)
      )
    })
  })

describe.skipIf(!existsSync(main))("solve in two processes (needs the build in dist)", () => {
  it.scopedLive(
    "has the same result at concurrency 1 and 32, and in one log together",
    () =>
      Effect.gen(function* () {
        const database = yield* temporaryLog
        const another = join(dirname(database), "another.db")
        const documents = yield* Effect.all(
          [solveApart(database, 1), solveApart(database, 32), solveApart(another, 32)],
          { concurrency: 2 }
        )
        expect(new Set(documents.map(({ runId }) => runId)).size).toBe(3)
        const [first, ...others] = documents.map((document) => ({ ...document, runId: 0, surplus: 0 }))
        expect(first).toMatchObject({
          problem: "gcd",
          language: "python",
          digest: expect.stringMatching(/^sd1-/)
        })
        for (const document of others) expect(document).toEqual(first)
        expect(yield* Effect.promise(() => replayAll(database))).toBe(2)
        expect(yield* Effect.promise(() => replayAll(another))).toBe(1)
      }),
    180_000
  )
})

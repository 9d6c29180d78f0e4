import { copyFileSync, statSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Array as Arr, Effect } from "effect"
import { inFolder, seidr, start } from "../programs/cli/seidr.ts"
import { openLog } from "../services/EventLog/openLog.ts"
import { entry, resumed, runNamed } from "../services/EventLog/samples.ts"
import { temporaryLog } from "../support/temporaryLog.ts"
import { killed } from "./support/killing.ts"
import { modelServer } from "./support/modelServer.ts"
import {
  expectNothingBoughtTwice,
  expectSound,
  keptIn,
  outcomeOf,
  search,
  undisturbed
} from "./support/search.ts"

const countIn = (file: string): unknown => {
  const database = new Database(file, { readonly: true })
  const count = database.prepare("SELECT count(*) FROM event").pluck().get()
  expect(database.pragma("integrity_check", { simple: true })).toBe("ok")
  database.close()
  return count
}

describe("a reader that keeps its view of the log", () => {
  it.scopedLive(
    "while checkpoints are due loses nothing and sees nothing new; a crash then loses nothing either",
    () =>
      Effect.gen(function* () {
        const file = yield* temporaryLog
        const crashed = yield* temporaryLog
        const { log } = yield* openLog(file)
        yield* log.append(runNamed(1), [entry(resumed(0))], [])
        const reader = new Database(file, { readonly: true })
        reader.exec("BEGIN")
        const seen = () => reader.prepare("SELECT count(*) FROM event").pluck().get()
        expect(seen()).toBe(1)
        // Far more pages than a checkpoint waits for.
        for (const round of Arr.range(1, 300)) {
          yield* log.append(
            runNamed(round + 1),
            Arr.makeBy(20, (at) => entry(resumed(at))),
            [`${round}`.repeat(3_000)]
          )
        }
        expect(statSync(`${file}-wal`).size).toBeGreaterThan(1_000 * 4_096)
        expect(seen()).toBe(1)
        expect(countIn(file)).toBe(6_001)
        for (const end of ["", "-wal"]) copyFileSync(file + end, crashed + end)
        expect(countIn(crashed)).toBe(6_001)
        reader.exec("COMMIT")
        expect(seen()).toBe(6_001)
        reader.close()
        yield* log.append(runNamed(9_000), [entry(resumed(0))], [])
        expect(countIn(file)).toBe(6_002)
      })
  )
})

describe("a run that several want to take up at once", { timeout: 600_000 }, () => {
  it("is driven by one of them; the others are told who has it, and nothing is bought twice", () =>
    Effect.runPromise(
      Effect.promise(() =>
        inFolder(async (cwd) => {
          const server = await modelServer({ latency: 200 })
          try {
            const running = start(search, { cwd, env: server.env })
            await running.said(/^1 program/m)
            await killed(running)
            const before = keptIn(cwd)
            const asked = server.asked.length
            const resume = ["resume", before.runId!, "--json"]
            const ended = await Promise.all(Arr.makeBy(4, () => seidr(resume, { cwd, env: server.env })))
            const through = ended.filter(({ status }) => status === 1)
            // Who comes when it is over is shown its end again.
            expect(through.length).toBeGreaterThanOrEqual(1)
            for (const refused of ended.filter(({ status }) => status !== 1)) {
              expect(refused).toMatchObject({ status: 2, out: "" })
              expect(refused.err).toMatch(/being driven by process \d+ on /)
            }
            expectNothingBoughtTwice(before, server.asked.slice(asked))
            await expectSound(cwd, server)
            const whole = await undisturbed(server)
            for (const one of through) expect(outcomeOf(one)).toEqual(whole)
          } finally {
            await server.close()
          }
        })
      )
    ))
})

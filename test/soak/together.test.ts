import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { layerAudit, layerLogReader } from "../../src/programs/layers.ts"
import { verify } from "../../src/programs/verify/verify.ts"
import { documentOf, seidr, start } from "../programs/cli/seidr.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

/** How long, in seconds; ten minutes unless SEIDR_SOAK_SECONDS says otherwise. */
const seconds = Number(process.env["SEIDR_SOAK_SECONDS"] ?? 600)
const churners = 2
const script = fileURLToPath(new URL("children/churning.mjs", import.meta.url))

interface Round {
  readonly number: number
  readonly heap: number
  readonly runs: ReadonlyArray<string>
}

/** A process that solves, forks and replays until it is told to end. */
const churning = (database: string, name: string) => {
  const child = spawn(process.execPath, ["--expose-gc", script, database, name], { stdio: "pipe" })
  let [out, err] = ["", ""]
  child.stdout.on("data", (part) => (out += part))
  child.stderr.on("data", (part) => (err += part))
  const ended = new Promise<number | null>((done) => child.once("close", done))
  const rounds = () =>
    out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Round)
  return { rounds, end: () => child.stdin.end(), ended, said: () => err }
}

/** Follows one run after another, as they are begun, by the command line; gives how many, and checks each one. */
const tailing = async (database: string, isOver: () => boolean): Promise<number> => {
  let followed = 0
  for (const setting = { cwd: process.cwd() }; !isOver(); followed++) {
    const listed = await seidr(["runs", "--json", "--db", database], setting)
    // Nobody has made the log yet.
    if (listed.status === 2 && /there is no log yet/.test(listed.err)) continue
    expect(listed, listed.err).toMatchObject({ status: 0, err: "" })
    const [newest] = documentOf(listed) as ReadonlyArray<{ readonly runId: string }>
    if (newest === undefined) continue
    const tail = await start(["tail", newest.runId, "--json", "--db", database], setting).ended
    expect(tail, tail.err).toMatchObject({ status: 0, err: "" })
    const seen = tail.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { pos: number; _tag: string })
    expect(seen.map(({ pos }) => pos)).toEqual(seen.map((_, index) => index))
    expect(seen.at(-1)!._tag).toBe("RunFinished")
  }
  return followed
}

const median = (values: ReadonlyArray<number>): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!

describe("one log", () => {
  it.scopedLive(
    `bears solves, forks, replays and tails of several processes for ${seconds} s`,
    () =>
      Effect.gen(function* () {
        const database = yield* temporaryLog
        const processes = Array.from({ length: churners }, (_, index) => churning(database, `c${index}`))
        let isOver = false
        const followed = tailing(database, () => isOver)
        yield* Effect.sleep(`${seconds} seconds`)
        isOver = true
        for (const { end } of processes) end()
        const tails = yield* Effect.promise(() => followed)
        const runs: Array<string> = []
        for (const { ended, said, rounds } of processes) {
          // A lock that was not had, an event that was lost, or a replay that differs would have ended it.
          expect(yield* Effect.promise(() => ended), said()).toBe(0)
          expect(said()).toBe("")
          runs.push(...rounds().flatMap((round) => round.runs))
          const heaps = rounds().map(({ heap }) => heap)
          const warm = heaps.slice(Math.floor(heaps.length / 5))
          const third = Math.floor(warm.length / 3)
          const [early, late] = [median(warm.slice(0, third + 1)), median(warm.slice(-third - 1))]
          console.log(
            `${heaps.length} rounds; heap ${(early / 2 ** 20).toFixed(1)} MB, at the end ${(late / 2 ** 20).toFixed(1)} MB`
          )
          if (seconds >= 60) expect(late).toBeLessThan(1.1 * early)
        }
        const file = new Database(database, { readonly: true })
        const ended = file
          .prepare("SELECT DISTINCT run_id FROM event WHERE type = 'RunFinished' ORDER BY 1")
          .pluck()
          .all()
        expect(ended).toEqual([...runs].sort())
        console.log(
          `${runs.length} runs, ${file.prepare("SELECT count(*) FROM event").pluck().get()} events, ${tails} followed`
        )
        file.close()
        const { findings } = yield* Effect.provide(
          verify(undefined, undefined),
          Layer.merge(layerLogReader({ database }), layerAudit({ database }))
        )
        expect(findings).toEqual([])
      }),
    1_000 * seconds + 900_000
  )
})

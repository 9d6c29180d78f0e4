import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { hostname } from "node:os"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Layer, Option, Redacted } from "effect"
import { exportWandb } from "../../src/programs/wandb/exportWandb.ts"
import { wandbSink } from "../../src/programs/wandb/sink.ts"
import type { EventLog } from "../../src/services/EventLog.ts"
import { Notices } from "../../src/services/Notices.ts"
import { RunCatalogue } from "../../src/services/RunCatalogue.ts"
import { Sinks } from "../../src/services/Sinks.ts"
import { layer as layerWandb } from "../../src/services/Wandb/layer.ts"
import type { Oracle } from "../support/oracle.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"
import { temporaryLog } from "../support/temporaryLog.ts"
import { type SentRun, startWandbServer, type WandbServer } from "../support/wandbServer.ts"

const python = process.env["SEIDR_WANDB_PYTHON"] ?? "python3"
const isHere = spawnSync(python, ["-c", "import wandb"]).status === 0
const key = "0123456789".repeat(4)
const oracle: Oracle = { seed: 5, cases: 3, skill: 0.3, silence: 0.1 }
const settings = { ...published, drafts: 2, explanations: 1, repairs: 2, beamWidth: 2, maxPrograms: 8 }
/** However busy the machine is. */
const lastWait = Duration.minutes(3)
const target = { project: "trial", slurm: { slurm_job_id: "7" } }

const server = Effect.acquireRelease(
  Effect.promise(() => startWandbServer(key)),
  (started) => Effect.promise(started.close)
)

interface Client {
  readonly folder: string
  readonly url: string
  readonly mode?: string
  readonly key?: string
}

const clientAt = ({ folder, key: given = key, mode = "online", url }: Client) =>
  layerWandb({
    python,
    lastWait,
    apiKey: Option.some(Redacted.make(given)),
    baseUrl: Option.some(url),
    environment: { PATH: process.env["PATH"], HOME: folder, WANDB_DIR: folder, WANDB_MODE: mode }
  })

/** Solves with the sink, then does something with the same log; what was said on the side comes with it. */
const solving = <A, E>(
  client: Omit<Client, "folder">,
  then: (folder: string) => Effect.Effect<A, E, RunCatalogue | EventLog>
) =>
  Effect.gen(function* () {
    const database = yield* temporaryLog
    const folder = dirname(database)
    const said: Array<string> = []
    const notices = Layer.succeed(Notices, { say: (line) => Effect.sync(() => void said.push(line)) })
    const sinks = Layer.scoped(
      Sinks,
      Effect.map(wandbSink(target, { lastWait, silent: Duration.infinity }), (sink) => [sink])
    ).pipe(Layer.provide(Layer.merge(notices, clientAt({ ...client, folder }))))
    const base = searching({ database, model: oracleModel(oracle) })
    return yield* Effect.gen(function* () {
      const { result } = yield* Effect.provide(solveAndReplay(preparedIn({ settings, oracle })), sinks)
      yield* then(folder)
      return { result, said, folder }
    }).pipe(Effect.provide(base))
  })

const exportAgain = (client: Client) =>
  Effect.gen(function* () {
    const runs = yield* (yield* RunCatalogue).list
    return yield* Effect.provide(exportWandb(runs, target), clientAt(client))
  })

/** The run as it has to be there: each row once, in order, with settings and outcome. */
const expectWhole = ({ runs }: WandbServer, runId: string, digest: string): SentRun => {
  expect([...runs.keys()]).toEqual([runId])
  const run = runs.get(runId)!
  expect(run.history.map((row) => row["_step"])).toEqual([...Array(9).keys()])
  expect(run.history.slice(0, 8).map((row) => row["idx"])).toEqual([...Array(8).keys()])
  expect(run.history.at(-1)).toHaveProperty("test_pass_rate")
  expect(run.config).toMatchObject({
    seed: { value: 42 },
    digest: { value: digest },
    slurm_job_id: { value: "7" }
  })
  expect(run.summary).toMatchObject({ digest, programs: 8, idx: 7 })
  return run
}

/** In a process of its own time: the stand-in is in this one. */
const sync = async (folder: string, url: string): Promise<void> => {
  const child = spawn(python, ["-m", "wandb", "sync", "--yes"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, WANDB_API_KEY: key, WANDB_BASE_URL: url },
    stdio: "ignore"
  })
  const [status] = await once(child, "exit")
  expect(status).toBe(0)
}

describe.skipIf(!isHere)(`the official client of Weights & Biases, by ${python}`, () => {
  it.scopedLive("is sent a run while it goes on, and what is sent again adds nothing", () =>
    Effect.gen(function* () {
      const there = yield* server
      const { url } = there
      const { result, said } = yield* solving({ url }, (folder) => exportAgain({ url, folder }))
      expect(said).toEqual([])
      const run = expectWhole(there, result.runId, result.digest)
      expect(run.exitCode).toBe(0)
      const everything = there.bodies.join("\n")
      for (const own of [hostname(), process.cwd(), key, "sidecar"]) expect(everything).not.toContain(own)
    })
  )

  it.scopedLive("keeps a run on disk when offline or when nobody answers, which is synced later, once", () =>
    Effect.gen(function* () {
      for (const client of [{ url: "http://127.0.0.1:9" }, { url: "http://127.0.0.1:9", mode: "offline" }]) {
        const there = yield* server
        // The second export has nothing new: synced after the first folder it changes nothing.
        const { folder, result, said } = yield* solving(client, (at) =>
          exportAgain({ ...client, folder: at })
        )
        expect(said).toHaveLength(1)
        expect(said[0]).toContain(`wandb sync ${join(folder, "wandb", "offline-run-")}`)
        yield* Effect.promise(() => sync(folder, there.url))
        expectWhole(there, result.runId, result.digest)
      }
    })
  )

  it.scopedLive("is refused with a wrong key, named with its host and without the key", () =>
    Effect.gen(function* () {
      const { url } = yield* server
      const wrong = "9876543210".repeat(4)
      const { result, said } = yield* solving({ url, key: wrong }, () => Effect.void)
      expect(result.programs).toBe(8)
      expect(said).toHaveLength(1)
      expect(said[0]).toMatch(/^Weights & Biases at 127\.0\.0\.1:\d+ refuses the key or the project: .*401/)
      expect(said[0]).not.toContain(wrong)
    })
  )

  it.scopedLive("ends with its input, and so does all that it has started", () =>
    Effect.gen(function* () {
      const folder = dirname(yield* temporaryLog)
      yield* Effect.promise(async () => {
        const child = spawn(python, ["src/services/Wandb/sidecar.py"], {
          env: { PATH: process.env["PATH"], HOME: folder, WANDB_DIR: folder, WANDB_MODE: "offline" },
          stdio: ["pipe", "ignore", "ignore"]
        })
        const config = { run: "01ABC", name: "n", project: "p", config: {} }
        child.stdin.write(`${JSON.stringify({ _tag: "Begin", ...config })}\n`)
        child.stdin.destroy()
        await once(child, "exit")
        while (startedBy(child.pid!)) await new Promise((resolve) => setTimeout(resolve, 50))
        expect(readdirSync(join(folder, "wandb")).join()).toContain("offline-run-")
      })
    })
  )
})

/** Whether the client's own service is there still: it is told whom it belongs to. */
const startedBy = (pid: number): boolean =>
  existsSync("/proc") &&
  readdirSync("/proc").some((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(`--pid\0${pid}\0`)
    } catch {
      return false
    }
  })

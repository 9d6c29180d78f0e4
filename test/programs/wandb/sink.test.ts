import { existsSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Context, Duration, Effect, Layer, Option, Redacted, Stream } from "effect"
import type { RunId } from "../../../src/domain/ids.ts"
import type { Message } from "../../../src/domain/wandb/message.ts"
import { RunStory } from "../../../src/domain/wandb/story.ts"
import { fork } from "../../../src/programs/fork/fork.ts"
import { spelled } from "../../../src/programs/fork/point.ts"
import { exportWandb } from "../../../src/programs/wandb/exportWandb.ts"
import { wandbSink } from "../../../src/programs/wandb/sink.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import { Notices } from "../../../src/services/Notices.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import { Sinks } from "../../../src/services/Sinks.ts"
import { layer as layerWandb } from "../../../src/services/Wandb/layer.ts"
import { Wandb } from "../../../src/services/Wandb.ts"
import type { Oracle } from "../../support/oracle.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { only } from "../../support/stepsLeft.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const oracle: Oracle = { seed: 5, cases: 3, skill: 0.3, silence: 0.1 }
const settings = { ...published, drafts: 2, explanations: 1, repairs: 2, beamWidth: 2, maxPrograms: 8 }
/** However busy the machine is. */
const lastWait = Duration.minutes(3)
const target = { project: "trial", slurm: { slurm_job_id: "7" } }
const key = "k".repeat(40)

type Line =
  | Message
  | {
      readonly _tag: "Started"
      readonly pid: number
      readonly environment: Record<string, string>
      readonly argv: Array<string>
    }

/** A client that behaves like that, what it is told, and what the user is. */
const client = (
  behaviour: string,
  out: string,
  wait = lastWait,
  python = resolve("test/support/fakeSidecar.cjs")
) => {
  const told = (): ReadonlyArray<Line> =>
    existsSync(out)
      ? readFileSync(out, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as Line)
      : []
  const layer = layerWandb({
    python,
    lastWait: wait,
    apiKey: Option.some(Redacted.make(key)),
    baseUrl: Option.some("http://user:secret@wandb.example:8080"),
    environment: {
      PATH: process.env["PATH"],
      OPENAI_API_KEY: "not for others",
      FAKE_WANDB_BEHAVIOUR: behaviour,
      FAKE_WANDB_OUT: out
    }
  })
  return { told, layer }
}

const withSink = <A, E, R>(
  behaviour: string,
  use: Effect.Effect<A, E, R>,
  wait = lastWait,
  silent: Duration.Duration = Duration.infinity
) =>
  Effect.gen(function* () {
    const database = yield* temporaryLog
    const { layer, told } = client(behaviour, join(dirname(database), "told"), wait)
    const said: Array<string> = []
    const sinks = Layer.scoped(
      Sinks,
      Effect.map(wandbSink(target, { lastWait: wait, silent }), (sink) => [sink])
    ).pipe(Layer.provide(Layer.succeed(Notices, { say: (line) => Effect.sync(() => void said.push(line)) })))
    const base = searching({ database, model: oracleModel(oracle) })
    const result = yield* Effect.provide(use, Layer.provideMerge(Layer.provide(sinks, layer), base))
    return { result, said, told: told() }
  })

const solving = Effect.suspend(() => solveAndReplay(preparedIn({ settings, oracle })))

const small = Effect.suspend(() =>
  solveAndReplay(preparedIn({ settings: { ...settings, maxPrograms: 2 }, oracle }))
)

const rowsOf = (told: ReadonlyArray<Line>, run: string) =>
  told.flatMap((line) => ("rows" in line && line.run === run ? line.rows : []))

describe("the sink of Weights & Biases", () => {
  it.scopedLive("tells of a run from its beginning to its end, each row once and in order", () =>
    Effect.gen(function* () {
      const { result, said, told } = yield* withSink("works", solving)
      const { runId, digest, status } = result.result
      expect(said).toEqual([])
      const [started, begin] = told
      expect(begin).toMatchObject({ _tag: "Begin", run: runId, project: "trial" })
      expect(begin).toMatchObject({ config: { slurm_job_id: "7", seed: 42, prompt_examples: 1 } })
      const rows = rowsOf(told, runId)
      expect(rows.map(({ step }) => step)).toEqual([...Array(9).keys()])
      expect(rows.at(-1)?.values).toHaveProperty("test_pass_rate")
      const summary = { digest, status, programs: 8, llm_calls: result.result.calls }
      expect(told.at(-1)).toMatchObject({ _tag: "End", exit: 0, config: { digest }, summary })
      // The key is where only the client sees it, and nobody else's is there.
      expect(started).toMatchObject({ environment: { WANDB_API_KEY: key } })
      expect(
        JSON.stringify(told.slice(1)) + JSON.stringify("argv" in started! && started.argv)
      ).not.toContain(key)
      expect(JSON.stringify(told)).not.toContain("not for others")
    })
  )

  it.scopedLive("does not change a run, nor end it, whatever the client does", () =>
    Effect.gen(function* () {
      const digests = new Set<string>()
      const words: Record<string, ReadonlyArray<string>> = {}
      for (const behaviour of ["works", "refuses", "outage", "dies"]) {
        // What all runs of a process have is said once.
        const runs = behaviour === "refuses" ? Effect.zipRight(small, small) : small
        const { result, said } = yield* withSink(behaviour, runs)
        digests.add(result.result.digest)
        words[behaviour] = said.map((line) => line.replaceAll(/[0-9A-Z]{26}/g, "RUN"))
      }
      expect(digests.size).toBe(1)
      const later = "`seidr export wandb RUN --wandb trial` sends it later"
      expect(words).toEqual({
        works: [],
        refuses: [`Weights & Biases at wandb.example:8080 refuses the key or the project: 401: …; ${later}`],
        outage: [
          "Weights & Biases at wandb.example:8080 does not answer (connection refused); the run is kept in " +
            "/kept/here: `wandb sync /kept/here` sends it later"
        ],
        dies: [`Weights & Biases at wandb.example:8080 did not take all of run RUN in time; ${later}`]
      })
    })
  )

  it.scopedLive("knows the page of a run that the client has opened", () =>
    Effect.gen(function* () {
      const { layer } = client("works", join(dirname(yield* temporaryLog), "told"))
      const wandb = Context.get(yield* Layer.build(layer), Wandb)
      const [run, other] = ["0", "1"].map((end) => `01M82H743TX978T3FQJCEX6SD${end}` as RunId)
      yield* wandb.send({ _tag: "Begin", run: run!, name: "n", project: "trial", config: {} })
      yield* wandb.send({ _tag: "End", run: run!, rows: [], config: {}, summary: {}, exit: 0 })
      yield* wandb.outcome(run!)
      expect(yield* wandb.addressOf(run!)).toBe(`https://wandb.example/trial/runs/${run}`)
      expect(yield* wandb.addressOf(other!)).toBeUndefined()
    })
  )

  it.scopedLive("leaves a client that takes nothing behind, with its process", () =>
    Effect.gen(function* () {
      const { said, told } = yield* withSink("deaf", small, Duration.millis(50), Duration.zero)
      expect(said).toHaveLength(2)
      expect(said[0]).toBe(
        "Weights & Biases: the last metrics go to wandb.example:8080; the command ends when they are there, at the latest in 50ms"
      )
      expect(said[1]).toMatch(/ did not take all of run \w+ in time; `seidr export wandb /)
      const [started] = told
      const pid = started !== undefined && "pid" in started ? started.pid : 0
      expect(pid).toBeGreaterThan(0)
      expect(() => process.kill(pid, 0)).toThrow("ESRCH")
    })
  )

  it.scopedLive("says before anything begins what is missing", () =>
    Effect.gen(function* () {
      const out = join(dirname(yield* temporaryLog), "told")
      const missing = (behaviour: string, python?: string) =>
        Effect.scoped(Layer.build(client(behaviour, out, lastWait, python).layer)).pipe(
          Effect.flip,
          Effect.map(({ message }) => message)
        )
      expect(yield* missing("package")).toMatch(/needs the Python package wandb.*pip install wandb==\d/)
      expect(yield* missing("key")).toMatch(
        /no key for Weights & Biases at wandb\.example:8080: set WANDB_API_KEY/
      )
      expect(yield* missing("breaks")).toMatch(/it ended with: it is broken/)
      expect(yield* missing("works", "/no/such/python")).toMatch(/needs Python: .*cannot be started/)
    })
  )

  it.scopedLive("tells the same afterwards, and of a fork what it sees", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const { layer, told } = client("works", join(dirname(database), "told"))
      const base = searching({ database, model: oracleModel(oracle) })
      yield* Effect.gen(function* () {
        const { result } = yield* solving
        const forked = (at: string) =>
          fork(
            {
              parent: result.runId,
              at: spelled(at)!,
              overrides: { maxPrograms: 14 },
              answers: "adopt",
              label: undefined,
              maxOutage: Duration.zero
            },
            () => Effect.void,
            () => Effect.void
          )
        const ids = [result.runId]
        for (const at of ["d1.e0.r0", "gen:0", "end"]) ids.push((yield* forked(at)).runId)
        const runs = yield* (yield* RunCatalogue).list
        yield* Effect.provide(exportWandb(runs, { project: "p", slurm: {} }), layer)
        for (const id of ids) {
          const story = new RunStory(id)
          const events = yield* Stream.runCollect((yield* EventLog).read(id))
          for (const event of events) story.add(event)
          const [ended] = only(
            [...events].reverse().map(({ event }) => event),
            "SearchEnded"
          )
          const rows = rowsOf(told(), id).slice(0, -1)
          expect(rows).toHaveLength(ended!.used.programs)
          expect(rows.at(-1)?.values).toMatchObject({
            llm_calls: ended!.used.calls,
            best_avg_score: ended!.best.score,
            best_idx: ended!.best.index
          })
        }
      }).pipe(Effect.provide(base))
    })
  )
})

// Forks of a long run, from the call to the commit: near its beginning and at its end; and of the two-hundredth fork
// of a line, whose nodes are more than two hundred repairs deep.
import { join } from "node:path"
import Database from "better-sqlite3"
import { Duration, Effect, Layer } from "effect"
import { rules } from "../../dist/src/domain/rules.js"
import { fork } from "../../dist/src/programs/fork/fork.js"
import { spelled } from "../../dist/src/programs/fork/point.js"
import { foldRun } from "../../dist/src/programs/resume.js"
import { EventLog, LogFailed } from "../../dist/src/services/EventLog.js"
import { median, now, rounded, seconds } from "./measure.mjs"
import { writeEvents, writeRun } from "./synthetic.mjs"
import { layerLogAt, layerSearching, problem } from "./world.mjs"

const runId = (number) => `01J${String(number).padStart(23, "0")}`
const line = 200

/** A line of forks, each one generation of one program longer than the one before. */
export const writeLine = (from) =>
  Effect.gen(function* () {
    const log = yield* EventLog
    let stands = from
    for (let depth = 1; depth <= line; depth++) {
      const parent = runId(depth - 1)
      const best = stands.state.search
      const at = depth === 1 ? { kind: "node", node: best.parents[0].node } : { kind: "position" }
      const settings = {
        ...best.settings,
        maxPrograms: 10_000_000,
        beamWidth: 1,
        explanations: 1,
        repairs: 1
      }
      const forked = {
        _tag: "RunForked",
        parent,
        position: stands.pos,
        at,
        problem: problem.name,
        settings,
        answers: "ask",
        label: null,
        rules,
        environment: { seidr: "0", node: process.version, tier: "pretended", toolchain: "none" }
      }
      const own = runId(depth)
      const { pos } = stands
      stands = yield* writeRun(own, stands, forked, pos + 9, (event) =>
        log.branch(own, { parent, position: pos }, [{ event, cause: null }], [])
      )
    }
    return stands
  })

/** A log that ends a fork when it has begun. */
export const committedAt = (told) =>
  Layer.effect(
    EventLog,
    Effect.map(EventLog, (log) => ({
      ...log,
      branch: (...given) =>
        Effect.flatMap(log.branch(...given), () => {
          told()
          return new LogFailed({ file: "", doing: "measuring", reason: "that was it" })
        })
    }))
  )

const measured = async (file, parent, at, rounds) => {
  let committed = now()
  const layer = layerSearching(file, {
    between: committedAt(() => {
      committed = now()
    })
  })
  const program = Effect.gen(function* () {
    const taken = []
    for (let round = 0; round <= rounds; round++) {
      const started = now()
      const request = {
        parent,
        at: spelled(at),
        overrides: { maxPrograms: 100 },
        answers: "adopt",
        label: undefined,
        maxOutage: Duration.seconds(1)
      }
      const ended = yield* Effect.flip(
        fork(
          request,
          () => Effect.void,
          () => Effect.void
        )
      )
      if (ended._tag !== "LogFailed") throw ended
      taken.push(seconds(started) - seconds(committed))
    }
    return rounded(1000 * median(taken.slice(1)), 1)
  })
  return Effect.runPromise(Effect.provide(program, layer))
}

const pagesOf = (file) => {
  const database = new Database(file, { readonly: true })
  try {
    return database.pragma("page_count", { simple: true })
  } finally {
    database.close()
  }
}

export const forks = async ({ folder, events, rounds }) => {
  const file = join(folder, "fork.db")
  const stands = await Effect.runPromise(
    Effect.provide(Effect.flatMap(writeEvents(runId(0), events, 128), writeLine), layerLogAt(file))
  )
  const ends = events - 1
  const deepest = stands.state.search.parents[0]?.node ?? "d0"
  const points = [
    ["a node of depth 0", runId(0), "d5"],
    ["the end", runId(0), String(ends)],
    ["the middle", runId(0), String(Math.floor(ends / 2))],
    ["the ranking of generation 1", runId(0), "gen:1"],
    [`the end, in the ${line}th fork of a line`, runId(line), String(stands.pos)],
    [`a node of depth ${(deepest.split(".").length - 1) / 2}, there`, runId(line), deepest]
  ]
  const before = pagesOf(file)
  const rows = []
  for (const [point, parent, at] of points) {
    rows.push({ events, at: point, "ms to the commit": await measured(file, parent, at, rounds) })
  }
  const written = (pagesOf(file) - before) * 4.096
  const started = now()
  await Effect.runPromise(Effect.provide(foldRun(runId(line)), layerLogAt(file)))
  return {
    rows,
    "KB of new log per fork": rounded(written / (points.length * (rounds + 1)), 1),
    "s to fold it after the commit": rounded(seconds(started), 1)
  }
}

// A loop of steps beside a checkpointer of agents, by turns, both with WAL and synchronous=FULL: each step asks a model
// that answers at once, and keeps the answer. In seidr a step is a program that is asked for, taken from its answer,
// judged on 50 cases and ranked, about 4.7 events; in the agent's graph it is one node that adds its message to the
// state, one checkpoint with its writes. The graph goes from step to step; the search does so too where one step is
// under way at a time.
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { fork } from "../../dist/src/programs/fork/fork.js"
import { spelled } from "../../dist/src/programs/fork/point.js"
import { replay } from "../../dist/src/programs/replay/replay.js"
import { begin } from "../../dist/src/programs/solve/begin.js"
import { committedAt } from "./fork.mjs"
import { median, now, onDisk, rounded, seconds } from "./measure.mjs"
import { answerTo, inFlight, layerLogAt, layerSearching, preparedFor } from "./world.mjs"

/** The packages of `bench/langgraph`, which are not this project's; undefined where they are not installed. */
const packages = async () => {
  const require = createRequire(new URL("../langgraph/package.json", import.meta.url))
  const load = (name) => import(pathToFileURL(require.resolve(name)).href)
  try {
    return {
      ...(await load("@langchain/langgraph")),
      ...(await load("@langchain/langgraph-checkpoint-sqlite"))
    }
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return undefined
    throw error
  }
}

const agent = async ({ Annotation, END, START, StateGraph, SqliteSaver }, file, steps) => {
  const database = new Database(file)
  database.pragma("journal_mode = WAL")
  database.pragma("synchronous = FULL")
  const State = Annotation.Root({
    step: Annotation(),
    answers: Annotation({ reducer: (left, right) => left.concat(right), default: () => [] })
  })
  const graph = new StateGraph(State)
    .addNode("draft", ({ step }) => ({ step: step + 1, answers: [answerTo("draft", `${step}`)] }))
    .addEdge(START, "draft")
    .addConditionalEdges("draft", ({ step }) => (step < steps ? "draft" : END))
    .compile({ checkpointer: new SqliteSaver(database) })
  const config = { configurable: { thread_id: "1" }, recursionLimit: steps + 10 }

  const started = now()
  await graph.invoke({ step: 0 }, config)
  const perSecond = steps / seconds(started)

  const replayed = now()
  let middle
  let seen = 0
  for await (const state of graph.getStateHistory(config)) {
    seen += 1
    if (seen === Math.floor(steps / 2)) middle = state.config
  }
  const history = seconds(replayed)

  const forked = now()
  await graph.updateState(middle, { step: 0 }, "draft")
  const fork = seconds(forked)
  database.pragma("wal_checkpoint(TRUNCATE)")
  database.close()
  return { perSecond, history, fork, bytes: onDisk(file) }
}

const search = async (file, steps, atOnce) => {
  // The very same search, whatever is under way at once: as many programs a generation as that is at most.
  const prepared = preparedFor(steps, inFlight / 8)
  const started = now()
  const { runId } = await Effect.runPromise(
    Effect.provide(
      begin(
        prepared,
        () => Effect.void,
        () => Effect.void
      ),
      layerSearching(file, { atOnce })
    )
  )
  const perSecond = steps / seconds(started)

  const replayed = now()
  const { divergence } = await Effect.runPromise(Effect.provide(replay(runId), layerLogAt(file)))
  if (divergence !== undefined) throw new Error(divergence.reason)
  const history = seconds(replayed)

  let committed = now()
  const between = committedAt(() => {
    committed = now()
  })
  const request = { parent: runId, at: spelled("d5"), overrides: {}, answers: "adopt", label: undefined }
  const forked = await Effect.runPromise(
    Effect.provide(
      Effect.gen(function* () {
        const started = now()
        yield* Effect.flip(
          fork(
            request,
            () => Effect.void,
            () => Effect.void
          )
        )
        return seconds(started) - seconds(committed)
      }),
      layerSearching(file, { between })
    )
  )
  return { perSecond, history, fork: forked, bytes: onDisk(file) }
}

export const besideLangGraph = async ({ folder, steps, rounds }) => {
  const found = await packages()
  if (found === undefined) return [{ note: "npm install --prefix bench/langgraph" }]
  const sides = {
    langgraph: (file) => agent(found, file, steps),
    "seidr, one at a time": (file) => search(file, steps, 1),
    [`seidr, ${inFlight} at once`]: (file) => search(file, steps, inFlight)
  }
  const measured = new Map(Object.keys(sides).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(sides)) {
      measured.get(name).push(await run(join(folder, `${name.replaceAll(/\W/g, "-")}-${round}.db`)))
    }
  }
  const of = (name, what) =>
    median(
      measured
        .get(name)
        .slice(1)
        .map((one) => one[what])
    )
  return Object.keys(sides).map((name) => ({
    "": name,
    steps,
    "steps/s": rounded(of(name, "perSecond")),
    "times langgraph": rounded(of(name, "perSecond") / of("langgraph", "perSecond"), 1),
    "s to replay": rounded(of(name, "history"), 3),
    "ms to fork": rounded(1000 * of(name, "fork"), 1),
    "MB of file": rounded(of(name, "bytes") / 1e6, 2),
    "langgraph's file is": rounded(of("langgraph", "bytes") / of(name, "bytes"), 1)
  }))
}

// Solves, forks and replays on one log without end, until its input closes, and prints a line after each round: the
// rounds so far, the heap in bytes after a collection, and the runs that it made. Needs --expose-gc.
import { createHash } from "node:crypto"
import { Duration, Effect, Layer } from "effect"
import { byLines } from "../../../dist/src/domain/check.js"
import { exactly } from "../../../dist/src/domain/comparison.js"
import { defaultLimits } from "../../../dist/src/domain/evaluation.js"
import { hashCases } from "../../../dist/src/domain/problem.js"
import { fork } from "../../../dist/src/programs/fork/fork.js"
import { layerLog, layerRing } from "../../../dist/src/programs/layers.js"
import { replay } from "../../../dist/src/programs/replay/replay.js"
import { begin } from "../../../dist/src/programs/solve/begin.js"
import { Critics } from "../../../dist/src/services/Critics.js"
import { layerNone } from "../../../dist/src/services/EvaluationCache.js"
import { layerRouter } from "../../../dist/src/services/LanguageModel/router.js"
import { scripted } from "../../../dist/src/services/LanguageModel/scripted.js"
import * as RunIds from "../../../dist/src/services/RunIds.js"
import { Sandbox } from "../../../dist/src/services/Sandbox.js"

const [database, name] = process.argv.slice(2)
let isOver = false
process.stdin.on("end", () => (isOver = true)).resume()

const drawn = (text) => createHash("sha256").update(text).digest()
const cases = Array.from({ length: 4 }, (_, index) => ({ input: `${index}`, output: `${index}\n` }))

/** Programs say by a number on which cases they are right; no interpreter is needed. */
const model = scripted((_, { callKey, seed }) => ({
  text: `\`\`\`python\nprint(${drawn(`${seed} ${callKey}`)[0] % 15})\n\`\`\``,
  usage: { in: 1, out: 1 },
  finishReason: "stop"
}))
const ran = (source, input) => ({
  ending: { _tag: "Exited", code: 0 },
  stdout: (Number(/\d+/.exec(source)[0]) >> Number(input)) & 1 ? `${input}\n` : "wrong\n",
  stderr: "",
  cpuMs: 1,
  wallMs: 1,
  memoryBytes: 1
})
const outside = Layer.mergeAll(
  layerRouter({ scripted: model }),
  layerNone,
  Layer.succeed(Critics, { consult: () => Effect.dieMessage("there is no critic") }),
  Layer.succeed(Sandbox, {
    tier: Effect.succeed({ name: "pretended", detail: "" }),
    toolchain: () => Effect.succeed("numbers"),
    identity: () => Effect.succeed("numbers"),
    run: ({ source, inputs }) =>
      Effect.succeed({ _tag: "Ran", executions: inputs.map((input) => ran(source, input)) }),
    open: () => Effect.dieMessage("nothing to talk with")
  })
)

const role = { name: "scripted", batch: 10 }
const settings = (seed) => ({
  language: "python",
  models: { draft: role, explain: role, repair: role },
  maxPrograms: 16,
  drafts: 4,
  explanations: 1,
  repairs: 2,
  beamWidth: 2,
  ranking: { kind: "score" },
  instructions: "model",
  temperature: { kind: "published" },
  limits: defaultLimits,
  seed
})
const problem = {
  name: "numbers",
  description: "Print the input.",
  check: byLines(exactly),
  promptExamples: 1,
  validation: cases,
  origin: { dataset: "soak" }
}
const prepared = (seed) => ({
  request: { label: name, start: undefined, maxOutage: Duration.seconds(20) },
  problem,
  document: JSON.stringify(problem),
  casesHash: hashCases(cases),
  hidden: null,
  settings: settings(seed),
  environment: { tier: "pretended", toolchain: "numbers" }
})

const ignore = () => Effect.void
const sameAgain = (runId) =>
  Effect.flatMap(replay(runId), ({ divergence }) =>
    divergence === undefined ? Effect.void : Effect.dieMessage(`run ${runId}: ${divergence.reason}`)
  )

const round = (number) =>
  Effect.gen(function* () {
    const seed = number * 1_000 + name.length
    const solves = [1, 2, 3].map((part) => begin(prepared(seed + part), ignore, ignore))
    const [first, ...others] = yield* Effect.all(solves, { concurrency: "unbounded" })
    const child = yield* fork(
      {
        parent: first.runId,
        at: { kind: "generation", generation: 0 },
        overrides: { maxPrograms: 8, ranking: { kind: "lexicase" } },
        answers: "adopt",
        label: undefined,
        maxOutage: Duration.zero
      },
      ignore,
      ignore
    )
    const runs = [first, ...others, child].map(({ runId }) => runId)
    yield* Effect.forEach(runs, sameAgain, { concurrency: "unbounded" })
    return runs
  })

const program = Effect.gen(function* () {
  for (let number = 1; !isOver; number++) {
    const runs = yield* round(number)
    // Lets the input be heard.
    yield* Effect.promise(() => new Promise((done) => setImmediate(done)))
    globalThis.gc()
    console.log(JSON.stringify({ number, heap: process.memoryUsage().heapUsed, runs }))
  }
})

const ring = layerRing({ capacity: 8, concurrency: 8, executions: 2 })
const log = Layer.merge(layerLog({ database }), RunIds.layer)
await Effect.runPromise(
  Effect.provide(program, ring.pipe(Layer.provideMerge(log), Layer.provideMerge(outside)))
)

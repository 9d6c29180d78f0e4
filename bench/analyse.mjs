// How long it takes to analyse runs: by default 1,000 of 100 programs each, of five problems under two settings. They are
// made by real searches through the real log, with a scripted model that solves nothing (so that every run has all its
// programs) and a sandbox that pretends. Wants a build.
//
//   node bench/analyse.mjs [--runs 1000] [--programs 100] [--rounds 3]
//
// Prints one line, and writes bench/results/analyse.json.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { Effect, Layer } from "effect"
import { Critics, configurationFrom, Sandbox, scripted, solve } from "seidr"
import { layerModels, layerProblems, layerRuns } from "../dist/src/programs/layers.js"
import { layerNone } from "../dist/src/services/EvaluationCache.js"

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    programs: { type: "string", default: "100" },
    rounds: { type: "string", default: "3" }
  }
})
const runs = Number(values.runs)
const maxPrograms = Number(values.programs)
const problems = ["gcd", "fizz-buzz", "fuel-cost", "basement", "luhn"]
const folder = mkdtempSync(join(tmpdir(), "seidr-bench-"))
const database = join(folder, "runs.db")

const numberOf = (text) => createHash("sha256").update(text).digest().readUInt32LE(0)

const model = scripted(({ role }, { callKey }) => ({
  text:
    role === "explain"
      ? `Print ${callKey} instead.`
      : `\`\`\`python\nprint(${numberOf(callKey) % 997})\n\`\`\``,
  usage: { in: 300, out: 40 },
  finishReason: "stop"
}))

const pretended = Layer.merge(
  Layer.succeed(Critics, {
    consult: () => Effect.dieMessage("there is no critic"),
    filesOf: () => Effect.succeed([])
  }),
  Layer.succeed(Sandbox, {
    tier: Effect.succeed({ name: "pretended", detail: "" }),
    toolchain: () => Effect.succeed("none"),
    identity: () => Effect.succeed("none"),
    open: () => Effect.dieMessage("nothing is talked with"),
    run: ({ source, inputs }) =>
      Effect.succeed({
        _tag: "Ran",
        executions: inputs.map((input) => ({
          ending: { _tag: "Exited", code: numberOf(source) % 7 === 0 ? 1 : 0 },
          stdout: `${numberOf(source + input) % 9}\n`,
          stderr: "",
          cpuMs: 1,
          wallMs: 1,
          memoryBytes: 1
        }))
      })
  })
)

const makeRuns = Effect.gen(function* () {
  const configuration = yield* configurationFrom({}, { database })
  const layer = Layer.provideMerge(
    layerRuns(configuration),
    Layer.mergeAll(layerProblems, layerModels(configuration, { mine: model }), pretended, layerNone)
  )
  const numbers = Array.from({ length: runs }, (_, number) => number)
  const one = (number) =>
    solve({
      problem: problems[number % problems.length],
      model: "mine",
      maxPrograms,
      beamWidth: 2 + 2 * (Math.floor(number / problems.length) % 2),
      seed: Math.floor(number / problems.length / 2),
      validExamples: 50,
      testExamples: 10
    })
  yield* Effect.provide(Effect.forEach(numbers, one, { concurrency: 16, discard: true }), layer)
})

const analyse = (...more) => {
  const begun = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["dist/src/programs/main.js", "analyse", "--db", database, ...more],
    { encoding: "utf8", maxBuffer: 1 << 28 }
  )
  if (status !== 0) throw new Error(stderr)
  return { seconds: (performance.now() - begun) / 1_000, stdout }
}

try {
  await Effect.runPromise(makeRuns)
  const rounds = Array.from({ length: Number(values.rounds) }, () => analyse("--json"))
  const { groups } = JSON.parse(rounds[0].stdout.trimEnd().split("\n").at(-1))
  const counted = groups.filter(({ problem }) => problem === null).reduce((sum, group) => sum + group.runs, 0)
  if (counted !== runs) throw new Error(`${counted} runs were analysed, and ${runs} were made`)
  const seconds = rounds.map((round) => round.seconds).sort((left, right) => left - right)
  const report = {
    runs,
    programs: maxPrograms,
    megabytes: Math.round(statSync(database).size / 2 ** 20),
    seconds: Number(seconds[Math.floor((seconds.length - 1) / 2)].toFixed(2))
  }
  mkdirSync("bench/results", { recursive: true })
  writeFileSync(
    "bench/results/analyse.json",
    `${JSON.stringify({ node: process.version, ...report }, null, 1)}\n`
  )
  console.log(JSON.stringify(report))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

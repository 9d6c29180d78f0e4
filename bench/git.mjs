// How long it takes to export attempts as git commits into a bare repository on disk: by default 10,000 attempts of 100 runs of
// five problems. They are made by real searches through the real log, with a scripted model that solves nothing (so that every
// run has all its programs) and a sandbox that pretends. Wants a build.
//
//   node bench/git.mjs [--runs 100] [--programs 100] [--rounds 3]
//
// Prints one line, and writes bench/results/git.json.
import { execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { Effect, Layer } from "effect"
import { Critics, configurationFrom, Sandbox, scripted, solve } from "seidr"
import { layerModels, layerProblems, layerRuns } from "../dist/src/programs/layers.js"
import { layerNone } from "../dist/src/services/EvaluationCache.js"

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100" },
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
      : `\`\`\`python\nprint(${numberOf(callKey) % 997})\n${"# as it was\n".repeat(20)}\`\`\``,
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
          ending: { _tag: "Exited", code: 0 },
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
      seed: Math.floor(number / problems.length),
      validExamples: 50,
      testExamples: 10
    })
  yield* Effect.provide(Effect.forEach(numbers, one, { concurrency: 16, discard: true }), layer)
})

/** The whole command, with its start; gives what it exported, how long it took and the memory that it had at most. */
const exportTo = (repository) => {
  const begun = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["dist/seidr.js", "export", "git", "--db", database, "--out", repository, "--json"],
    { encoding: "utf8", maxBuffer: 1 << 28 }
  )
  if (status !== 0) throw new Error(stderr)
  const seconds = (performance.now() - begun) / 1_000
  return { seconds, ...JSON.parse(stdout.trimEnd().split("\n").at(-1)) }
}

const rounded = (number) => Number(number.toFixed(2))
const median = (numbers) => numbers.sort((left, right) => left - right)[Math.floor((numbers.length - 1) / 2)]

try {
  await Effect.runPromise(makeRuns)
  const rounds = Array.from({ length: Number(values.rounds) }, (_, round) => {
    const repository = join(folder, `${round}.git`)
    const first = exportTo(repository)
    const again = exportTo(repository)
    if (JSON.stringify(again.branches) !== JSON.stringify(first.branches))
      throw new Error("the second export adds something")
    const commits = execFileSync("git", ["--git-dir", repository, "rev-list", "--count", "--branches=*_dev"])
    if (Number(commits) !== first.attempts)
      throw new Error(`${commits} commits of ${first.attempts} attempts`)
    return { first, again }
  })
  const { attempts, branches } = rounds[0].first
  const seconds = median(rounds.map(({ first }) => first.seconds))
  const report = {
    runs,
    attempts,
    branches: branches.length,
    seconds: rounded(seconds),
    attemptsPerSecond: Math.round(attempts / seconds),
    secondsAgain: rounded(median(rounds.map(({ again }) => again.seconds)))
  }
  mkdirSync("bench/results", { recursive: true })
  writeFileSync(
    "bench/results/git.json",
    `${JSON.stringify({ node: process.version, ...report }, null, 1)}\n`
  )
  console.log(JSON.stringify(report))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

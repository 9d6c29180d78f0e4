// How fast programs are run, against doing the same without an engine, in one run. Build first (`npm run build`).
//
//   node bench/engine.mjs [--rounds 5] [--row 5000] [--full] [--programlib PYTHON]
//
// `--full` runs 100,000 cases in a row; `--programlib` names a Python that has programlib 12.0.5, to compare with.
// Prints a table, and writes bench/results/engine.json.
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, release, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { Effect, ManagedRuntime } from "effect"
import { layer } from "../dist/src/services/Sandbox/layer.js"
import { Sandbox } from "../dist/src/services/Sandbox.js"
import { killed } from "./engine/endings.mjs"
import { interpreter, plainCpp, plainJava, plainJavaScript, plainPython } from "./engine/plain.mjs"
import { cases, cpp, forking, java, javascript, python } from "./engine/programs.mjs"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    row: { type: "string", default: "5000" },
    full: { type: "boolean", default: false },
    programlib: { type: "string" }
  }
})
const folder = mkdtempSync(join(tmpdir(), "seidr-bench-"))
const runtime = ManagedRuntime.make(
  layer({ unconfined: false, environment: process.env, lanes: 2, headers: join(folder, "headers") })
)
const limits = { timeMs: 2_000, memoryBytes: 2 ** 28, outputBytes: 2 ** 20 }
let salt = 0

/** What a program prints for each input, in the engine. */
const outputs = async (language, source, inputs) => {
  const job = { language, source, inputs, limits }
  const result = await runtime.runPromise(Effect.flatMap(Sandbox, (sandbox) => sandbox.run(job)))
  if (result._tag !== "Ran") throw new Error(result.diagnostics)
  return result.executions.map(({ stdout }) => stdout)
}

/** Runs a program in the engine, and looks at every output. */
const run = async (language, source, examples) => {
  const inputs = examples.map(({ input }) => input)
  for (const [index, stdout] of (await outputs(language, source, inputs)).entries()) {
    if (stdout !== examples[index].output) throw new Error(`case ${index} printed ${stdout}`)
  }
}

/** Milliseconds of a fork and exit of the interpreter that programs run in copies of, in the same sandbox. */
const bareFork = async () => {
  const [printed] = await outputs("python", forking, [""])
  return Number(printed)
}

const time = async (work) => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const median = (numbers) => {
  const sorted = [...numbers].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Medians of several pieces of work, taken in turns, so that all meet the same weather. */
const timed = async (rounds, works) => {
  const took = works.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) took[index].push(await time(work))
  }
  return took.map(median)
}

const rows = []
const row = (work, figure, wanted, holds) => {
  const load = loadavg()[0].toFixed(0)
  rows.push({ work, figure, wanted, holds, load })
  console.log(
    `${holds ? "  " : "! "}${work.padEnd(48)}  ${figure.padEnd(44)}  ${wanted.padEnd(24)}  load ${load}`
  )
}
const ms = (number) => `${number.toFixed(number < 10 ? 2 : 0)} ms`

const tier = await runtime.runPromise(Effect.flatMap(Sandbox, (sandbox) => sandbox.tier))
const rounds = Number(values.rounds)
const hundred = cases(100)

const [cold, plain] = await timed(rounds, [
  () => run("python", python(++salt), hundred),
  () => plainPython(folder, python(), hundred)
])
row(
  "Python, 100 cases, from cold",
  `${ms(cold)}, plain ${ms(plain)}: ${(plain / cold).toFixed(1)} ×`,
  "≥ 5 ×",
  plain / cold >= 5
)

const forks = []
const [short, long] = await timed(rounds, [
  () => run("python", python(++salt), hundred),
  () => run("python", python(++salt), cases(500)),
  async () => forks.push(await bareFork())
])
const further = (long - short) / 400
const fork = median(forks)
row(
  "each further Python case",
  `${ms(further)}, fork and exit ${ms(fork)}: ${(further / fork).toFixed(2)} ×`,
  "≤ 2.2 ms, ≤ 2 ×",
  further <= 2.2 && further <= 2 * fork
)

const candidates = 60
const twenty = cases(20)
const [many] = await timed(rounds, [
  () => Promise.all(Array.from({ length: candidates }, () => run("python", python(++salt), twenty)))
])
const perSecond = (candidates * twenty.length * 1000) / many
row(
  "Python, 2 lanes, a fresh sandbox per 20 cases",
  `${perSecond.toFixed(0)} cases/s`,
  "≥ 400 cases/s",
  perSecond >= 400
)

// The first two programs with these includes let the header be compiled ahead, once for this machine.
const headers = join(folder, "headers")
const made = () => existsSync(headers) && readdirSync(headers).some((name) => !name.startsWith("."))
const header = await time(async () => {
  while (!made()) await run("cpp", cpp(++salt), cases(1))
})
const [native, plainNative] = await timed(rounds, [
  () => run("cpp", cpp(++salt), hundred),
  () => plainCpp(folder, cpp(), hundred)
])
row(
  `C++, compile and 100 cases (header made in ${ms(header)})`,
  `${ms(native)}, g++ -O0 and spawn ${ms(plainNative)}: ${(native / plainNative).toFixed(2)} ×`,
  "≤ 0.7 ×",
  native / plainNative <= 0.7
)

for (const [title, language, source, plainly, wanted] of [
  ["Java", "java", java, plainJava, 10],
  ["JavaScript", "javascript", javascript, plainJavaScript, 5]
]) {
  // What is made once for a machine or a process is not counted.
  await run(language, source(++salt), cases(1))
  const [ours, theirs] = await timed(Math.min(rounds, 3), [
    () => run(language, source(++salt), hundred),
    () => plainly(folder, source(), hundred)
  ])
  row(
    `${title}, compile and 100 cases`,
    `${ms(ours)}, a process per case ${ms(theirs)}: ${(theirs / ours).toFixed(1)} ×`,
    `≥ ${wanted} ×`,
    theirs / ours >= wanted
  )
}

if (values.programlib !== undefined) {
  const work = {
    Python: { source: python(), cases: hundred },
    "C++": { source: cpp(), cases: hundred }
  }
  const script = fileURLToPath(new URL("./engine/compared.py", import.meta.url))
  const through = () =>
    JSON.parse(execFileSync(values.programlib, [script], { input: JSON.stringify(work), encoding: "utf8" }))
  // In turns with our own, since the weather may have changed since the rows above.
  const theirs = []
  const [, oursPython, oursCpp] = await timed(Math.min(rounds, 3), [
    async () => theirs.push(through()),
    () => run("python", python(++salt), hundred),
    () => run("cpp", cpp(++salt), hundred)
  ])
  const took = {
    Python: median(theirs.map(({ Python }) => Python)),
    "C++": median(theirs.map((one) => one["C++"]))
  }
  for (const [language, ours, wanted] of [
    ["Python", oursPython, 50],
    ["C++", oursCpp, 10]
  ]) {
    const ratio = took[language] / ours
    row(
      `programlib, ${language}, 100 cases`,
      `${ms(took[language])}, seidr ${ms(ours)}: ${ratio.toFixed(1)} ×`,
      `≥ ${wanted} ×`,
      ratio >= wanted
    )
  }
}

const deaths = []
for (let round = 0; round < rounds; round++) deaths.push(await killed())
row(
  "from kill -9 to no process",
  `median ${ms(median(deaths))}, worst ${ms(Math.max(...deaths))}`,
  "≤ 1 s",
  Math.max(...deaths) <= 1000
)

await runtime.dispose()
const soak = JSON.parse(
  execFileSync(
    process.execPath,
    [
      "--expose-gc",
      fileURLToPath(new URL("./engine/row.mjs", import.meta.url)),
      values.full ? "100000" : values.row
    ],
    { encoding: "utf8" }
  )
)
const { early, late } = soak
row(
  `${soak.cases} cases in a row`,
  `${early.memoryMB} → ${late.memoryMB} MB, heap ${early.heapMB} → ${late.heapMB} MB, ${early.descriptors} → ${late.descriptors} descriptors, ${early.processes} → ${late.processes} processes, ${late.temporaryFiles} files`,
  "memory +10 %, no growth",
  late.memoryMB <= 1.1 * early.memoryMB &&
    late.descriptors <= early.descriptors &&
    late.processes <= early.processes &&
    late.temporaryFiles === 0
)

rmSync(folder, { recursive: true })
const first = (command, args) => execFileSync(command, args, { encoding: "utf8" }).split("\n")[0]
const machine = {
  processors: `${cpus().length} × ${cpus()[0].model}`,
  kernel: release(),
  node: process.version,
  python: first(interpreter, ["--version"]),
  compiler: first("g++", ["--version"]),
  jvm: first("javac", ["--version"]),
  load: loadavg().map((load) => Math.round(load * 10) / 10),
  tier: tier.name
}
mkdirSync("bench/results", { recursive: true })
writeFileSync("bench/results/engine.json", `${JSON.stringify({ machine, rounds, rows, soak }, null, 1)}\n`)

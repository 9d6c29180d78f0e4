// End to end beside the published system: the Python package seidr 3.5.0, driven through its `develop`, and `seidr solve`,
// on the same cases, with the same model behind one local endpoint of OpenAI's protocol. Two questions: how much faster,
// and whether both go through the same programs to the same winner. Wants a build, Python 3.11 or 3.12 and g++; installs the
// package from PyPI into `seidr-reference` in the temporary folder, or where --venv says.
//
//   node bench/reference.mjs [--quick] [--problem coin-sums] [--cases 50] [--python 100] [--cpp 20] [--sequence 40]
//     [--turns 1] [--batch 1] [--seed 1] [--late-binding] [--only python-10,cpp-2,…] [--venv FOLDER]
//
// Prints a table, and writes bench/results/reference.json. Ends with 1 when programs, scores or winners differ.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { availableParallelism, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { drawTraining } from "../dist/src/domain/psb2/draw.js"
import { tasks } from "../dist/src/domain/psb2/tasks.js"
import { modelOf } from "./reference/answers.mjs"
import { firstDifference } from "./reference/firstDifference.mjs"
import { environmentOf, installed } from "./reference/installation.mjs"
import { startModelServer } from "./reference/modelServer.mjs"
import { ours, reference } from "./reference/sides.mjs"
import { median, rounded } from "./time-travel/measure.mjs"

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    problem: { type: "string", default: "coin-sums" },
    cases: { type: "string", default: "50" },
    python: { type: "string" },
    cpp: { type: "string" },
    sequence: { type: "string" },
    turns: { type: "string", default: "1" },
    batch: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    "late-binding": { type: "boolean", default: false },
    only: { type: "string" },
    venv: { type: "string", default: join(tmpdir(), "seidr-reference") }
  }
})
const size = (name, full, quick) => Number(values[name] ?? (values.quick ? quick : full))
const turns = Number(values.turns)
const task = tasks.get(values.problem)
const cases = drawTraining(task, { seed: 42, count: Number(values.cases) })

const jobOf = (language, arity, kind, maxPrograms) => ({
  name: `${language}-${arity}${kind === "solvable" ? "-solvable" : ""}`,
  problem: task.name,
  description: task.description,
  cases,
  language,
  arity,
  maxPrograms,
  // With batches of one, every sample of a place has a temperature of its own, by which the model tells them apart.
  batch: Number(values.batch),
  // As the published scripts judge, every case with the last one's input: programs then differ after the first ranking.
  lateBinding: values["late-binding"],
  model: modelOf({ problem: task.name, language, kind, seed: values.seed })
})
const jobs = [
  jobOf("python", 10, "endless", size("python", 100, 10)),
  jobOf("cpp", 2, "endless", size("cpp", 20, 3)),
  jobOf("python", 2, "solvable", size("sequence", 40, 12)),
  jobOf("python", 10, "solvable", size("sequence", 40, 12))
].filter(({ name }) => values.only === undefined || values.only.split(",").includes(name))

const python = installed(values.venv)
const folder = mkdtempSync(join(tmpdir(), "seidr-bench-"))
const server = await startModelServer()
const context = { environment: environmentOf(folder), folder, python, server }

/** Ours on both sides of the reference, so that a machine that grows busier favours nobody. */
const compared = async (job) => {
  const [mine, theirs] = [[], []]
  for (let turn = 0; turn < turns; turn++) {
    mine.push(await ours(job, context))
    theirs.push(await reference(job, context))
    mine.push(await ours(job, context))
  }
  const differences = [...mine, ...theirs.slice(1)].map((side) => firstDifference(side, theirs[0]))
  return {
    job: job.name,
    maxPrograms: job.maxPrograms,
    programs: theirs[0].programs.length,
    cases: job.cases.length,
    ours: timesOf(mine),
    reference: timesOf(theirs),
    ratio: median(theirs.map(({ seconds }) => seconds)) / median(mine.map(({ seconds }) => seconds)),
    best: Math.max(...theirs[0].programs.map(({ score }) => score)),
    scores: new Set(theirs[0].programs.map(({ score }) => score)).size,
    difference: differences.find((difference) => difference !== undefined) ?? null
  }
}

const timesOf = (runs) => ({
  seconds: median(runs.map(({ seconds }) => seconds)),
  start: median(runs.map(({ start }) => start)),
  processor: median(runs.map(({ processor }) => processor)),
  requests: runs[0].requests,
  all: runs.map(({ seconds }) => rounded(seconds, 2))
})

const out = fileURLToPath(new URL("results", import.meta.url))
const record = (results) => {
  mkdirSync(out, { recursive: true })
  const load = loadavg().map((value) => rounded(value, 1))
  const machine = { processors: availableParallelism(), load, node: process.version }
  const document = { problem: task.name, turns, machine, results }
  writeFileSync(join(out, "reference.json"), `${JSON.stringify(document, null, 2)}\n`)
}

const results = []
try {
  // Once each before anything counts: byte code of the package, precompiled headers of ours.
  for (const { language } of new Map(jobs.map((job) => [job.language, job])).values()) {
    const warm = jobOf(language, 2, "endless", 1)
    await ours(warm, context)
    await reference(warm, context)
  }
  console.log(
    "| job | programs | cases | reference | its start | seidr | its start | ratio | processor time | scores | same programs, scores, winner |"
  )
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
  for (const job of jobs) {
    const result = await compared(job)
    results.push(result)
    record(results)
    const seconds = (value) => `${rounded(value, value < 10 ? 2 : 1)} s`
    const cells = [
      result.job,
      result.best === 1 ? `${result.programs}, solved` : result.programs,
      result.cases,
      seconds(result.reference.seconds),
      seconds(result.reference.start),
      seconds(result.ours.seconds),
      seconds(result.ours.start),
      `${rounded(result.ratio)} ×`,
      `${seconds(result.reference.processor)} and ${seconds(result.ours.processor)}`,
      result.scores,
      result.difference ?? "yes"
    ]
    console.log(`| ${cells.join(" | ")} |`)
  }
} finally {
  await server.close()
  rmSync(folder, { recursive: true })
}

process.exitCode = results.some(({ difference }) => difference !== null) ? 1 : 0

// How far the embedded model gets: every built-in problem in both languages, with `simulated` and `simulated:hard`.
// The winners are run on the official edge cases by a bare python3 and g++, outside of seidr, where those files are.
//
//   node bench/simulated.mjs [--data ../shared/data] [--seed 42] [--models simulated,simulated:hard] [--problems a,b]
//
// Prints a table, and writes bench/results/simulated.json.
import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { solvePromise } from "seidr"

const { values } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data" },
    seed: { type: "string", default: "42" },
    models: { type: "string", default: "simulated,simulated:hard" },
    languages: { type: "string", default: "python,cpp" },
    problems: { type: "string" }
  }
})
const list = (text) => text.split(",")
const seed = Number(values.seed)
const names =
  values.problems === undefined
    ? JSON.parse(execFileSync(process.execPath, ["dist/seidr.js", "problems", "--json"])).flatMap(
        ({ dataset, name }) => (dataset === "psb2" ? [name] : [])
      )
    : list(values.problems)
const folder = mkdtempSync(join(tmpdir(), "seidr-bench-"))
const database = join(folder, "seidr.db")

const rows = []
for (const model of list(values.models)) {
  for (const language of list(values.languages)) {
    for (const problem of names) {
      const result = await solvePromise({ problem, language, model, seed }, { database, concurrency: 4 })
      const edge = result.status === "solved" ? bareEdge(problem, language, result.best.program) : null
      rows.push({
        model,
        language,
        problem,
        status: result.status,
        programs: result.programs,
        depth: (result.best.node.split(".").length - 1) / 2,
        validation: `${result.best.passed}/${result.best.total}`,
        hidden: result.hidden === null ? null : `${result.hidden.passed}/${result.hidden.total}`,
        edge: edge === null ? null : `${edge.passed}/${edge.total}`,
        digest: result.digest
      })
      const row = rows.at(-1)
      console.log(
        [
          model,
          language,
          problem,
          row.status,
          `${row.programs} programs`,
          `depth ${row.depth}`,
          `hidden ${row.hidden}`,
          `edge ${row.edge}`
        ].join("  ")
      )
    }
  }
}
console.log()
for (const model of list(values.models)) {
  for (const language of list(values.languages)) {
    const of = rows.filter((row) => row.model === model && row.language === language)
    const solved = of.filter(({ status }) => status === "solved")
    const whole = (text) => text !== null && text.split("/")[0] === text.split("/")[1]
    console.log(
      `${model} ${language}: solved ${solved.length} of ${of.length}, ` +
        `${solved.filter(({ hidden }) => whole(hidden)).length} pass all hidden cases, ` +
        `${solved.filter(({ edge }) => whole(edge)).length} all official edge cases, ` +
        `${solved.filter(({ depth }) => depth >= 2).length} have depth 2 or more, ` +
        `median programs ${median(solved.map(({ programs }) => programs))}`
    )
  }
}
mkdirSync("bench/results", { recursive: true })
writeFileSync(
  "bench/results/simulated.json",
  `${JSON.stringify({ seed, node: process.version, rows }, null, 1)}\n`
)
rmSync(folder, { recursive: true })

function median(numbers) {
  const sorted = [...numbers].sort((left, right) => left - right)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

/** A winner on the official edge cases, by a plain interpreter or compiler. */
function bareEdge(problem, language, program) {
  const file = join(values.data, "psb2", problem, `${problem}-edge.json`)
  if (!existsSync(file)) return null
  const source = join(folder, language === "cpp" ? "winner.cpp" : "winner.py")
  const binary = join(folder, "winner")
  writeFileSync(source, program)
  if (language === "cpp") execFileSync("g++", ["-std=c++17", "-O1", "-o", binary, source])
  const [command, args] = language === "cpp" ? [binary, []] : ["python3", [source]]
  const cases = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line))
  let passed = 0
  for (const item of cases) {
    const input = valuesOf(item, "input").map(textOf).join("")
    const { stdout, status } = spawnSync(command, args, { input, encoding: "utf8", timeout: 10_000 })
    if (status === 0 && agrees(valuesOf(item, "output"), stdout)) passed += 1
  }
  return { passed, total: cases.length }
}

function valuesOf(item, prefix) {
  const found = []
  for (let number = 1; Object.hasOwn(item, `${prefix}${number}`); number++)
    found.push(item[`${prefix}${number}`])
  return found
}

function textOf(value) {
  if (Array.isArray(value)) return `${value.length}\n${value.join(" ")}\n`
  if (typeof value === "boolean") return value ? "True\n" : "False\n"
  return `${value}\n`
}

/** Numbers within the official tolerance (three decimals, or single precision), everything else as text. */
function agrees(outputs, stdout) {
  const wanted = outputs.map(textOf).join("").trimEnd().split("\n")
  const found = stdout.trimEnd().split("\n")
  return (
    wanted.length === found.length &&
    wanted.every((line, index) => sameLine(line.trimEnd(), found[index].trimEnd()))
  )
}

function sameLine(wanted, found) {
  if (wanted === found) return true
  const difference = Math.abs(Number(wanted) - Number(found))
  return difference <= 1e-3 || difference <= 1e-6 * Math.abs(Number(wanted))
}

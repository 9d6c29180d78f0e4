// Both sides of the comparison: the same job, each in a process of its own, with what it developed and the seconds it took.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const seidr = fileURLToPath(new URL("../../dist/seidr.js", import.meta.url))
const published = fileURLToPath(new URL("published.py", import.meta.url))

export const explanations = 2

/** Ours: `seidr solve` on a problem file that holds the cases, with its log on disk, sandboxed, no cache. */
export const ours = async (job, { environment, folder, server }) => {
  const place = mkdtempSync(join(folder, "ours-"))
  const database = join(place, "log.db")
  const file = join(place, "problem.json")
  const { arity, batch, cases, description, language, maxPrograms, model, problem } = job
  writeFileSync(
    file,
    JSON.stringify({ name: problem, description, examples: cases.slice(0, 5), validation: cases.slice(5) })
  )
  const counts = {
    "max-programs": maxPrograms,
    "drafts-per-prompt": arity,
    "repairs-per-explanation": arity,
    "beam-width": arity,
    "explanations-per-program": explanations,
    "batch-size": batch
  }
  const flags = Object.entries(counts).flatMap(([name, value]) => [`--${name}`, String(value)])
  const words = ["solve", file, "--language", language, "--model", `openai:${model}`, ...flags]
  const timed = await measured(
    process.execPath,
    [seidr, ...words, "--no-cache", "--db", database, "--json"],
    {
      environment: { ...environment, OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "none" },
      statuses: [0, 1],
      place,
      server
    }
  )
  const { best, programs: count } = JSON.parse(timed.output)
  const nodes = join(place, "nodes.jsonl")
  const exported = spawnSync(
    process.execPath,
    [seidr, "export", "--table", "nodes", "--format", "jsonl", "--out", nodes, "--db", database],
    { env: environment, encoding: "utf8" }
  )
  if (exported.status !== 0) throw new Error(exported.stderr)
  const programs = readFileSync(nodes, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ program_index, surplus }) => !surplus && program_index < count)
    .sort((left, right) => left.program_index - right.program_index)
    .map(({ passed, program, score }) => ({ program, score, passed }))
  rmSync(place, { recursive: true })
  return { ...timed, programs, best: hashOf(best.program) }
}

/** The published package's `develop`, driven by `published.py`. */
export const reference = async (job, { environment, folder, python, server }) => {
  const place = mkdtempSync(join(folder, "reference-"))
  const timed = await measured(python, [published], {
    environment: { ...environment, OPENAI_API_BASE: server.url, OPENAI_API_KEY: "none" },
    input: JSON.stringify({ ...job, explanations }),
    statuses: [0],
    place,
    server
  })
  rmSync(place, { recursive: true })
  const { best, develop, programs } = JSON.parse(timed.output)
  const hashed = programs.map(({ program, ...judged }) => ({ program: hashOf(`${program}\n`), ...judged }))
  return { ...timed, develop, programs: hashed, best: hashOf(`${best}\n`) }
}

/** Programs are compared by their hashes; the published package drops the last line end. */
const hashOf = (program) => createHash("sha256").update(program).digest("hex")

/** The shell's `times`, after the command: its own and then its children's processor time, `1m2.345s 0m0.678s`. */
const timing = '"$@"; status=$?; times >&2; exit $status'

/**
 * Seconds of the whole process, of them those before its first request (its start), and processor seconds of it and of all
 * that it has started: the sleeps of one side and the load of the machine are in the first alone. Gives its last line.
 */
const measured = async (command, args, { environment, input, place, server, statuses }) => {
  mkdirSync(place, { recursive: true })
  server.taken()
  const begun = performance.now()
  const child = spawn("bash", ["-c", timing, "bash", command, ...args], {
    cwd: place,
    env: environment,
    stdio: ["pipe", "pipe", "pipe"]
  })
  const [out, err] = [[], []]
  child.stdout.on("data", (part) => out.push(part))
  child.stderr.on("data", (part) => err.push(part))
  child.stdin.end(input)
  const status = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve))
  const seconds = (performance.now() - begun) / 1000
  if (!statuses.includes(status)) {
    throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${Buffer.concat(err)}`)
  }
  const { count, first } = server.taken()
  const output = Buffer.concat(out).toString().trim().split("\n").at(-1)
  const processor = processorSeconds(Buffer.concat(err).toString().trim().split("\n").at(-1))
  return { seconds, start: (first - begun) / 1000, processor, requests: count, output }
}

const processorSeconds = (line) =>
  [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest),
    0
  )

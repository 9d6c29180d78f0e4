// How long it takes to export attempts as git commits into a bare repository on disk: by default 10,000 attempts of 100 runs of
// five problems. They are made by real searches through the real log, with a scripted model that solves nothing (so that every
// run has all its programs) and a sandbox that pretends. Wants a build.
//
//   node bench/git.mjs [--runs 100] [--programs 100] [--rounds 3]
//
// Prints one line, and writes bench/results/git.json.
import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { makeRuns, problems } from "./pretendedRuns.mjs"

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100" },
    programs: { type: "string", default: "100" },
    rounds: { type: "string", default: "3" }
  }
})
const runs = Number(values.runs)
const maxPrograms = Number(values.programs)
const folder = mkdtempSync(join(tmpdir(), "seidr-bench-"))
const database = join(folder, "runs.db")

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
  await makeRuns({
    database,
    runs,
    maxPrograms,
    lines: "# as it was\n".repeat(20),
    settingsOf: (number) => ({ seed: Math.floor(number / problems.length) })
  })
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

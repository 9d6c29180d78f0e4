// The script of `seidr slurm` on a real Slurm: 50 tasks (PSB2's 25 problems × 2 languages, the embedded model with some
// latency, so that tasks live long enough to be disturbed), of which some are requeued, pre-empted, cancelled, told that their
// time is over, or lose their seidr or their shell to SIGKILL, at places drawn from a seed. Then the script is submitted
// again for what was left, the logs are merged and verified, and every row's digest is compared with an undisturbed
// run of the table in one process. Wants a build, Debian's slurm-wlm and munge, and root.
//
//   node bench/slurm.mjs [--problems psb2] [--languages python,cpp] [--slots 8] [--disturbances 24] [--often 0.25] [--latency 500ms]
//     [--seed 42] [--keep FOLDER]
//
// Prints what it does and a table, and writes bench/results/slurm.json. The exit status is 1 when anything is not as it should be.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import { run, startCluster } from "./slurm/cluster.mjs"
import { disturbancesOf } from "./slurm/disturbances.mjs"
import { command, drawn, labelsIn } from "./table/command.mjs"

const { values } = parseArgs({
  options: {
    problems: { type: "string", default: "psb2" },
    languages: { type: "string", default: "python,cpp" },
    slots: { type: "string", default: "8" },
    disturbances: { type: "string", default: "24" },
    often: { type: "string", default: "0.25" },
    latency: { type: "string", default: "500ms" },
    seed: { type: "string", default: "42" },
    keep: { type: "string" }
  }
})
const seed = Number(values.seed)
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "seidr-bench-"))
mkdirSync(join(folder, "it's shared"), { recursive: true })
const at = (name) => join(folder, "it's shared", name)
const table = at("a table.csv")
const cluster = await startCluster(join(folder, "cluster"), Number(values.slots))
const { environment } = cluster
const slurm = async (name, ...args) => (await run(name, args, environment)).out
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end().then(() => process.exit(130)))
const began = performance.now()
try {
  await command([
    ...[
      "experiment",
      "make",
      "--problems",
      values.problems,
      "--languages",
      values.languages,
      "--arities",
      "2"
    ],
    ...["--models", `simulated?latency=${values.latency}`, "--max-programs", "100"],
    ...["--valid-examples", "50", "--test-examples", "200", "--out", table]
  ]).ended
  const local = command(["experiment", table, "--db", at("local.db"), "--parallel", "4", "--json"], {
    SEIDR_CACHE: "none"
  }).ended

  const script = at("script.sh")
  const flags = ["--logs", at("logs"), "--out", script, "--cpus-per-task", "1", "--restarts", "5", "--submit"]
  const submitted = await command(["slurm", table, ...flags, "--json"], environment).ended
  const { job, merge, tasks } = submitted.document
  console.log(`job ${job}: ${tasks} tasks`)

  const disturbances = disturbancesOf(slurm)
  const counts = Object.fromEntries(Object.keys(disturbances).map((kind) => [kind, 0]))
  let next = 0
  let looks = 0
  while ((await tasksOf("PENDING,RUNNING,COMPLETING,REQUEUED")).length > 0) {
    await pause(1000)
    // A requeued task would rest for two minutes.
    for (const task of await tasksOf("PENDING", "BeginTime"))
      await slurm("scontrol", "update", `JobId=${task}`, "StartTime=now")
    const running = await tasksOf("RUNNING")
    looks += 1
    const isDue = drawn(seed, `look ${looks}`) < Number(values.often)
    if (!isDue || next === Number(values.disturbances) || running.length < 2) continue
    const kinds = Object.keys(disturbances)
    const kind = kinds[next % kinds.length]
    const task = running[Math.floor(drawn(seed, next) * running.length)]
    next += 1
    if (await disturbances[kind](task)) {
      counts[kind] += 1
      console.log(`${kind}: ${task}`)
    }
  }
  const endings = await endingsOf()
  console.log(`ended: ${JSON.stringify(endings)}`)

  // What a user would do: the same script again.
  const again = Number((await slurm("sbatch", "--parsable", script)).trim())
  while ((await tasksOf("PENDING,RUNNING,COMPLETING")).length > 0) await pause(1000)
  const endingsAgain = await endingsOf(again)
  console.log(`ended, submitted again: ${JSON.stringify(endingsAgain)}`)

  const merged = at("merged.db")
  // The very command that was printed, but for where seidr and its result are.
  const typed = merge
    .replace(/^seidr/, `"${process.execPath}" "$SEIDR"`)
    .replace(/--into \S+$/, '--into "$MERGED"')
  const joined = await run("sh", ["-c", typed], { ...process.env, SEIDR: "dist/seidr.js", MERGED: merged })
  const verified = await command(["verify", "--db", merged, "--json"]).ended
  const found = await command(["experiment", table, "--db", merged, "--json"]).ended
  const undisturbed = await local
  const digests = new Map(undisturbed.document.rows.map(({ digest, taskId }) => [taskId, digest]))
  const others = found.document.rows.filter(({ digest, taskId }) => digest !== digests.get(taskId))
  const labels = await labelsIn(merged)
  const left = found.document.rows.filter(({ how }) => how !== "done")
  const result = {
    tasks,
    disturbances: counts,
    endings,
    endingsAgain,
    merged: joined.status === 0,
    rows: labels.length,
    twice: labels.filter((label, place) => labels.indexOf(label) < place).length,
    solved: found.document.solved,
    left: left.length,
    otherDigests: others.length,
    intact: verified.document.intact,
    minutes: (performance.now() - began) / 60_000
  }
  mkdirSync("bench/results", { recursive: true })
  writeFileSync(
    "bench/results/slurm.json",
    `${JSON.stringify({ node: process.version, settings: values, ...result }, null, 1)}\n`
  )
  console.log(JSON.stringify(result, null, 1))
  const isRight =
    result.merged &&
    result.intact &&
    result.rows === tasks &&
    result.twice + result.left + result.otherDigests === 0
  process.exitCode = isRight ? 0 : 1
} finally {
  await end()
}

async function end() {
  await slurm("scancel", "--user=root")
  await pause(2000)
  await cluster.stop()
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
}

/** The tasks of ours in some states, or there for some reason, each as JOB_INDEX. */
async function tasksOf(states, why = "") {
  const out = await slurm("squeue", "-h", "-r", "-t", states, "-p", "work", "-o", "%i %r")
  const lines = out.split("\n").filter((line) => line !== "" && line.endsWith(why))
  return lines.map((line) => line.split(" ")[0])
}

/** How many tasks ended how, by Slurm's state and exit status. */
async function endingsOf(job) {
  const out = await slurm("scontrol", "show", "job", ...(job === undefined ? [] : [String(job)]), "-o")
  const endings = {}
  for (const line of out.split("\n")) {
    if (!/ Partition=work /.test(line)) continue
    const [, state] = / JobState=(\S+)/.exec(line) ?? []
    const [, status] = / ExitCode=(\S+)/.exec(line) ?? []
    const ending = `${state} ${status}`
    endings[ending] = (endings[ending] ?? 0) + 1
  }
  return endings
}

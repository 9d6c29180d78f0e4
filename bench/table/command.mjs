import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"

const seidr = resolve("dist/seidr.js")

/** A command of the command line, under way; what it says on the side is shown. */
export const command = (args, environment = {}) => {
  const child = spawn(process.execPath, [seidr, ...args], {
    env: { ...process.env, TASK_ID: "", SLURM_ARRAY_TASK_ID: "", ...environment },
    stdio: ["ignore", "pipe", "inherit"]
  })
  let out = ""
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text
  })
  const ended = new Promise((done, fail) => {
    child.once("error", fail)
    child.once("close", (status, signal) =>
      done({ status, signal, document: out.trim() === "" ? undefined : JSON.parse(out) })
    )
  })
  return { child, ended }
}

/** The labels of all runs of a log, which is there as soon as one was begun. */
export const labelsIn = async (database) => {
  if (!existsSync(database)) return []
  const { document } = await command(["runs", "--db", database, "--json"]).ended
  return (document ?? []).map(({ label }) => label)
}

/** A share that follows from a seed and a number. */
export const drawn = (seed, number) =>
  createHash("sha256").update(`table ${seed} ${number}`).digest().readUInt32LE(0) / 2 ** 32

/** Counts the processor time of a process and all below it, by a control group of its own; where none can be had, NaN seconds. */
export const account = (pid) => {
  for (const [root, file, read] of meters) {
    const folder = join(root, `seidr-bench-${process.pid}-${pid}`)
    try {
      mkdirSync(folder)
      writeFileSync(join(folder, "cgroup.procs"), String(pid))
      return { seconds: () => read(readFileSync(join(folder, file), "utf8")), close: () => rmdirSync(folder) }
    } catch {
      // There is no such group, or no right to make one.
    }
  }
  return { seconds: () => Number.NaN, close: () => undefined }
}

const meters = [
  ["/sys/fs/cgroup/cpuacct", "cpuacct.usage", (text) => Number(text) / 1e9],
  ["/sys/fs/cgroup", "cpu.stat", (text) => Number(/^usage_usec (\d+)/m.exec(text)?.[1]) / 1e6]
]

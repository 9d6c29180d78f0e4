// How long anything goes on after a kill -9, and what a long row of cases leaves behind. Both read /proc.
import { spawn } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { fileURLToPath } from "node:url"
import { cases, python } from "./programs.mjs"

const parentOf = (pid) => {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
    return state === "Z" || state === "X" ? undefined : Number(parent)
  } catch {
    return undefined
  }
}

export const descendants = (root) => {
  const parents = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)])
  )
  const found = []
  for (let frontier = [root]; frontier.length > 0; ) {
    frontier = [...parents].filter(([, parent]) => frontier.includes(parent)).map(([pid]) => pid)
    found.push(...frontier)
  }
  return found
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 1))

/** Milliseconds from the kill of a driver, in the midst of two programs, to the end of the last of its processes. */
export const killed = async () => {
  const driver = spawn(process.execPath, [fileURLToPath(new URL("./driver.mjs", import.meta.url))], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  let family = []
  while (family.length < 8) {
    await turn()
    family = descendants(driver.pid)
  }
  const begun = performance.now()
  driver.kill("SIGKILL")
  while (family.some((pid) => parentOf(pid) !== undefined)) await turn()
  return performance.now() - begun
}

const left = () => ({
  memoryMB: Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024),
  descriptors: readdirSync("/proc/self/fd").length,
  processes: descendants(process.pid).length,
  temporaryFiles: readdirSync(tmpdir()).filter((name) => name.startsWith(`seidr-${process.pid}`)).length
})

/** Longer than it takes to make the sandboxes that wait, which are there before and after. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 1_000))

/** What there is after a tenth of many cases, and after all of them; `run` runs a program on a hundred. */
export const longRow = async (total, run) => {
  const hundred = cases(100)
  let early
  for (let done = 0; done < total; done += 100) {
    await run("python", python(0), hundred)
    if (early === undefined && done + 100 >= total / 10) {
      await settled()
      early = left()
    }
  }
  await settled()
  return { cases: total, early, late: left() }
}

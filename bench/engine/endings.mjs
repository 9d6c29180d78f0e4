// How long anything goes on after a kill -9, by what /proc tells.
import { spawn } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

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

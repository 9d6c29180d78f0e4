import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect } from "vitest"
import { descendantsOf, isAlive, type Running } from "../../programs/cli/seidr.ts"

const waypoints = fileURLToPath(new URL("../children/waypoints.mjs", import.meta.url))

/** The environment in which a command stops when it passes a point for the n-th time; see `waypoints.mjs`. */
export const stoppingAt = (point: string, nth: number): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=${waypoints}`,
  SEIDR_WAYPOINT: point,
  SEIDR_WAYPOINT_NTH: String(nth)
})

/** Long enough for any machine: only what never ends meets it. */
const patience = 60_000

const until = async (isSo: () => boolean): Promise<boolean> => {
  for (const began = performance.now(); !isSo(); ) {
    if (performance.now() - began > patience) return false
    await new Promise((done) => setTimeout(done, 5))
  }
  return true
}

const stateOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3)
  } catch {
    return "gone"
  }
}

/**
 * Kills a command as nothing can be killed more suddenly, and waits until every process below it has ended too. It is
 * stopped first, so that all of them are known.
 */
export const killed = async ({ child, ended }: Running): Promise<void> => {
  const pid = child.pid!
  child.kill("SIGSTOP")
  expect(await until(() => /^(?:T|t|Z|X|gone)$/.test(stateOf(pid)))).toBe(true)
  const below = descendantsOf(pid)
  child.kill("SIGKILL")
  await ended
  await until(() => !below.some(isAlive))
  expect(below.filter(isAlive)).toEqual([])
}

import { readdirSync, readFileSync } from "node:fs"

/** All living descendants of a process, by /proc: dead ones that wait to be collected do not count. */
export const descendants = (root: number): ReadonlyArray<number> => {
  const parents = new Map<number, number>()
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue
    const stat = statOf(Number(name))
    if (stat !== undefined) parents.set(Number(name), stat)
  }
  const found: Array<number> = []
  let frontier = [root]
  while (frontier.length > 0) {
    frontier = [...parents].filter(([, parent]) => frontier.includes(parent)).map(([pid]) => pid)
    found.push(...frontier)
  }
  return found
}

export const isAlive = (pid: number): boolean => statOf(pid) !== undefined

/** The parent of a living process. */
const statOf = (pid: number): number | undefined => {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
    return state === "Z" || state === "X" ? undefined : Number(parent)
  } catch {
    return undefined
  }
}

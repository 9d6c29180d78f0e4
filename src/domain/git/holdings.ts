import type { Attempt } from "./attempt.ts"

/** The attempts that a branch holds, by run and node, and the runs that have each file. */
export class Holdings {
  private readonly nodes = new Map<string, Set<string>>()
  private readonly runsOf = new Map<string, Set<string>>()

  add({ file, node, runId }: Pick<Attempt, "node" | "runId" | "file">): void {
    grouped(this.nodes, runId).add(node)
    grouped(this.runsOf, file).add(runId)
  }

  has({ node, runId }: Pick<Attempt, "node" | "runId">): boolean {
    return this.nodes.get(runId)?.has(node) === true
  }

  /** Whether anything of a run is here. */
  hasRun(runId: string): boolean {
    return this.nodes.has(runId)
  }

  /** Whether a file is another run's. */
  isTaken(file: string, runId: string): boolean {
    const runs = this.runsOf.get(file)
    return runs !== undefined && !(runs.size === 1 && runs.has(runId))
  }

  /** Keeps a file for a run before anything of it is here. */
  claim(file: string, runId: string): void {
    grouped(this.runsOf, file).add(runId)
  }
}

/**
 * The number of the branch that a run belongs on: the one that holds it, else the first from its own number on where no other
 * run has its file. So a run stays where it was, and two logs with the same settings do not mix their attempts.
 */
export const placeOf = (
  { file, repetition, runId }: { readonly file: string; readonly repetition: number; readonly runId: string },
  branches: ReadonlyMap<number, Holdings>
): number => {
  for (const [number, holdings] of branches) if (holdings.hasRun(runId)) return number
  let number = repetition
  while (branches.get(number)?.isTaken(file, runId) === true) number += 1
  return number
}

const grouped = (groups: Map<string, Set<string>>, key: string): Set<string> => {
  const group = groups.get(key) ?? new Set()
  groups.set(key, group)
  return group
}

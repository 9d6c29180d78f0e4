import type { RunId } from "../../../../domain/ids.ts"

/** A run, and where it leaves its parent. */
export interface Line {
  readonly run_id: RunId
  readonly parent_id: RunId | null
  readonly parent_pos: number | null
}

/** Why these runs cannot be left out of a log; undefined when they can. */
export const whyNotDropped = (lines: ReadonlyArray<Line>, drop: ReadonlySet<RunId>): string | undefined => {
  const left = lines.find(
    ({ run_id, parent_id }) => parent_id !== null && drop.has(parent_id) && !drop.has(run_id)
  )
  return left === undefined
    ? undefined
    : `run ${left.run_id} continues run ${left.parent_id}, which cannot be dropped without it; name both with --drop, or neither`
}

/**
 * How far each run's own events are part of a run that keeps its texts: all of its own, and what such a run has
 * inherited. -1 where nothing is.
 */
export const readUpTo = (
  lines: ReadonlyArray<Line>,
  redact: ReadonlySet<RunId>
): ReadonlyMap<RunId, number> => {
  const byId = new Map(lines.map((line) => [line.run_id, line]))
  const reach = new Map<RunId, number>(lines.map(({ run_id }) => [run_id, -1]))
  for (const { run_id } of lines) {
    if (redact.has(run_id)) continue
    let to = Number.MAX_SAFE_INTEGER
    // A line of descent cannot be longer than there are runs; a damaged one might run in circles.
    for (let line = byId.get(run_id), depth = 0; line !== undefined && depth < lines.length; depth++) {
      reach.set(line.run_id, Math.max(reach.get(line.run_id)!, to))
      if (line.parent_id === null) break
      to = Math.min(to, line.parent_pos!)
      line = byId.get(line.parent_id)
    }
  }
  return reach
}

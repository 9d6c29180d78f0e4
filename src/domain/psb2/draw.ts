import type { IoCase } from "../problem.ts"
import { randomFor } from "../random.ts"
import type { Task } from "./task.ts"
import { caseOf } from "./text.ts"

/** How often a place is drawn anew before it is left empty, as where the inputs of a task are nearly used up. */
const attempts = 100

interface TrainingDraw {
  readonly seed: number
  readonly count: number
  /** The cases of the official edge file, in its order; they serve in place of the built-in edges. */
  readonly officialEdges?: ReadonlyArray<IoCase>
  /** A sample of the official random file, to be used from its start; it serves in place of the generator. */
  readonly officialRandom?: ReadonlyArray<IoCase>
}

interface HiddenDraw {
  readonly seed: number
  readonly count: number
  /** What the search was given: none of these inputs is drawn. */
  readonly training: ReadonlyArray<IoCase>
  readonly officialRandom?: ReadonlyArray<IoCase>
}

/** The edge cases of a task: the official ones if given, else the built-in ones. */
export const edgeCases = (task: Task, officialEdges?: ReadonlyArray<IoCase>): ReadonlyArray<IoCase> =>
  officialEdges ?? task.edges.map((input) => caseOf(task, input))

/**
 * The training set: all edge cases in their order, then random ones with inputs that are new. If there are more edges
 * than cases are asked for, a sample of the edges. More cases for the same seed only add to fewer, except that a
 * sample of edges is kept in file order. May hold fewer cases than asked for where the supply ends.
 */
export const drawTraining = (task: Task, draw: TrainingDraw): ReadonlyArray<IoCase> => {
  const edges = edgeCases(task, draw.officialEdges)
  if (edges.length > draw.count) {
    const order = randomFor(draw.seed, "psb2 edges", task.name).shuffle(edges.map((_, index) => index))
    const chosen = new Set(order.slice(0, draw.count))
    return edges.filter((_, index) => chosen.has(index))
  }
  const seen = new Set(edges.map(({ input }) => input))
  const supply = draw.officialRandom ?? generated(task, draw.seed, "psb2 training")
  return [...edges, ...takeNew(supply, draw.count - edges.length, seen)]
}

/** The hidden set: random cases only, no input twice and none of the training set. */
export const drawHidden = (task: Task, draw: HiddenDraw): ReadonlyArray<IoCase> => {
  const seen = new Set(draw.training.map(({ input }) => input))
  return takeNew(draw.officialRandom ?? generated(task, draw.seed, "psb2 hidden"), draw.count, seen)
}

/** The first `count` cases with an input that is new; `seen` grows by them. */
const takeNew = (
  supply: Supply | ReadonlyArray<IoCase>,
  count: number,
  seen: Set<string>
): ReadonlyArray<IoCase> => {
  const taken: Array<IoCase> = []
  if (typeof supply === "function") {
    for (let place = 0; place < count; place++) {
      const found = supply(place, seen)
      if (found === undefined) continue
      seen.add(found.input)
      taken.push(found)
    }
    return taken
  }
  for (const item of supply) {
    if (taken.length >= count) break
    if (seen.has(item.input)) continue
    seen.add(item.input)
    taken.push(item)
  }
  return taken
}

/** A new case for a place, if one is found in time. */
type Supply = (place: number, seen: ReadonlySet<string>) => IoCase | undefined

const generated =
  (task: Task, seed: number, purpose: string): Supply =>
  (place, seen) => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const item = caseOf(task, task.generate(randomFor(seed, purpose, task.name, place, attempt)))
      if (!seen.has(item.input)) return item
    }
    return undefined
  }

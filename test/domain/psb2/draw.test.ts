import { describe, expect, it } from "@effect/vitest"
import type { IoCase } from "../../../src/domain/problem.ts"
import { drawHidden, drawTraining, edgeCases } from "../../../src/domain/psb2/draw.ts"
import type { Task } from "../../../src/domain/psb2/task.ts"
import { tasks } from "../../../src/domain/psb2/tasks.ts"
import { officialEdges, officialIsHere } from "./official.ts"

const inputs = (cases: ReadonlyArray<IoCase>) => cases.map(({ input }) => input)
const made = (count: number, from = 0): ReadonlyArray<IoCase> =>
  Array.from({ length: count }, (_, index) => ({ input: `${from + index}\n`, output: "1\n" }))

describe.each([...tasks.values()])("cases of $name", (task) => {
  const training = drawTraining(task, { seed: 42, count: 100 })

  it("begin with all edges in order, go on with new ones, and hold no input twice", () => {
    expect(training.length).toBe(100)
    expect(training.slice(0, task.edges.length)).toEqual(edgeCases(task))
    expect(new Set(inputs(training)).size).toBe(100)
  })

  it("of the hidden set are new too", () => {
    const hidden = drawHidden(task, { seed: 42, count: 500, training })
    expect(hidden.length).toBe(500)
    expect(new Set([...inputs(hidden), ...inputs(training)]).size).toBe(600)
  })

  it("depend on the seed alone, and fewer are the beginning of more", () => {
    expect(drawTraining(task, { seed: 42, count: 100 })).toEqual(training)
    expect(drawTraining(task, { seed: 42, count: 60 })).toEqual(training.slice(0, 60))
    expect(drawTraining(task, { seed: 43, count: 100 })).not.toEqual(training)
    const hidden = (count: number) => drawHidden(task, { seed: 42, count, training })
    expect(hidden(40)).toEqual(hidden(80).slice(0, 40))
  })

  it("are a seeded sample of the edges, in their order, when fewer are asked for", () => {
    const sample = (seed: number) => drawTraining(task, { seed, count: 5 })
    const places = sample(1).map((item) => inputs(edgeCases(task)).indexOf(item.input))
    expect(places).toEqual([...new Set(places)].sort((left, right) => left - right))
    expect(places).not.toContain(-1)
    expect(sample(1)).toEqual(sample(1))
    expect(new Set([1, 2, 3, 4, 5].map((seed) => JSON.stringify(sample(seed)))).size).toBeGreaterThan(1)
    expect(drawTraining(task, { seed: 1, count: 0 })).toEqual([])
  })

  it.skipIf(!officialIsHere)(
    "use the official edges where they are given (files beside the repository)",
    () => {
      const edges = officialEdges(task)
      const drawn = drawTraining(task, { seed: 42, count: 100, officialEdges: edges })
      expect(drawn.slice(0, edges.length)).toEqual(edges)
      expect(drawn.length).toBe(100)
    }
  )
})

describe("given random cases", () => {
  const task = tasks.get("gcd")!

  it("take the generator's place, in their order, duplicates left out", () => {
    const officialRandom = [...made(3), ...made(40)]
    const training = drawTraining(task, { seed: 1, count: 10, officialEdges: made(2, 1), officialRandom })
    expect(inputs(training)).toEqual(["1\n", "2\n", "0\n", "3\n", "4\n", "5\n", "6\n", "7\n", "8\n", "9\n"])
    const hidden = drawHidden(task, { seed: 1, count: 5, training, officialRandom })
    expect(inputs(hidden)).toEqual(["10\n", "11\n", "12\n", "13\n", "14\n"])
  })

  it("may run out", () => {
    expect(drawTraining(task, { seed: 1, count: 9, officialEdges: [], officialRandom: made(4) }).length).toBe(
      4
    )
  })
})

it("a space of inputs that is used up ends the drawing", () => {
  const dice: Task = {
    ...tasks.get("dice-game")!,
    edges: [],
    generate: (random) => [1, random.integer(1, 6)]
  }
  const training = drawTraining(dice, { seed: 1, count: 20 })
  expect(training.length).toBe(6)
  expect(drawHidden(dice, { seed: 1, count: 20, training })).toEqual([])
})

import { describe, expect, it } from "@effect/vitest"
import { drawTraining } from "../../../src/domain/psb2/draw.ts"
import { chosen } from "./chosen.ts"
import { officialEdges, officialIsHere } from "./official.ts"
import { compileCpp, inFolder, passed, runEach, runPython } from "./runPrograms.ts"

const timeout = 60_000

/** Official edges where they lie beside the repository, and built-in and generated cases. */
const note = officialIsHere
  ? "official edges and generated cases"
  : "generated cases (no official files here)"

describe.each(chosen)("reference programs of $name", (task) => {
  const generated = drawTraining(task, { seed: 7, count: 200 })
  const official = officialEdges(task)

  it(
    `Python gives the right answers: ${note}`,
    async () => {
      const cases = [...official, ...generated]
      const [outputs = []] = await runPython(
        [task.programs.python],
        cases.map(({ input }) => input)
      )
      expect(passed(task, cases, outputs)).toBe(cases.length)
      const some = [...official.slice(0, 2), ...generated.slice(0, 2)]
      const real = await runEach(
        "python3",
        ["-c", task.programs.python],
        some.map(({ input }) => input)
      )
      expect(passed(task, some, real)).toBe(some.length)
    },
    timeout
  )

  it(
    `C++ gives the right answers: ${note}`,
    () =>
      inFolder(async (folder) => {
        const cases = [...official, ...generated.slice(0, 25)]
        const binary = await compileCpp(folder, task.programs.cpp)
        const outputs = await runEach(
          binary,
          [],
          cases.map(({ input }) => input)
        )
        expect(passed(task, cases, outputs)).toBe(cases.length)
      }),
    timeout
  )
})

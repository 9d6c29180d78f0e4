import { Effect } from "effect"
import type { DataFile, DataSet } from "../domain/dataSets.ts"
import { DataFileWrong, DataSets } from "../services/DataSets.ts"
import { ProblemInvalid, ProblemSource } from "../services/ProblemSource.ts"

/** What became of one file of a data set. */
export interface VerifiedFile {
  readonly path: string
  readonly place: string
  readonly state: "right" | "missing" | "wrong"
  readonly sha256: string | null
  /** Tasks that could be read from it. */
  readonly tasks: number
  /** What is wrong with it. */
  readonly reason: string | null
}

/** Looks at the digest of each file of a set that is there, and reads it as a search would: every task of it. */
export const verifyDataSet = Effect.fn("verifyDataSet")(function* (
  set: DataSet,
  data: string,
  observe: (verified: VerifiedFile) => Effect.Effect<void>
) {
  const dataSets = yield* DataSets
  const states = yield* dataSets.states(set, data)
  return yield* Effect.forEach(states, ({ file, place, state }) =>
    Effect.gen(function* () {
      if (state !== "present") {
        return { path: file.path, place, state: "missing", sha256: null, tasks: 0, reason: null } as const
      }
      const { sha256 } = yield* dataSets.check(file, data)
      const tasks = yield* readable(file, data)
      return { path: file.path, place, state: "right", sha256, tasks, reason: null } as const
    }).pipe(
      Effect.catchIf(
        (error) => error instanceof DataFileWrong || error instanceof ProblemInvalid,
        ({ reason }) =>
          Effect.succeed({ path: file.path, place, state: "wrong", sha256: null, tasks: 0, reason } as const)
      ),
      Effect.tap(observe)
    )
  )
})

/** Every task of a file; of a file of cases, the problem that they are of. */
const readable = Effect.fn("verifyDataSet.readable")(function* (file: DataFile, data: string) {
  const source = yield* ProblemSource
  const set = source.datasets.find((one) => one.file === file.path)
  const names = set === undefined ? [file.path.split("/").at(-2) ?? ""] : yield* source.tasks(set, data)
  if (set !== undefined && names.length !== set.count) {
    const reason = `${file.path} has ${names.length} tasks, expected ${set.count}`
    return yield* new ProblemInvalid({ problem: set.name, reason })
  }
  const request = { promptExamples: 5, validExamples: 1000, testExamples: 1000, seed: 42, data }
  yield* Effect.forEach(names, (problem) => source.load({ ...request, problem }), { discard: true })
  return names.length
})

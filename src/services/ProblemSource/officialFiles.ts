import type { FileSystem, Path } from "@effect/platform"
import { Effect, Either } from "effect"
import { printableLine } from "../../domain/printable.ts"
import type { IoCase } from "../../domain/problem.ts"
import type { Task } from "../../domain/psb2/task.ts"
import { officialCase, officialCases } from "../../domain/psb2/text.ts"
import { randomFor } from "../../domain/random.ts"
import { readText, reasonOf } from "./readText.ts"
import { sampleLines } from "./sampleLines.ts"

const edgeFileLimit = 16 * 2 ** 20

/** Which sample of the random file is wanted. */
interface Sample {
  readonly seed: number
  readonly size: number
}

/**
 * The files of PSB2 as its authors publish them, in `{data}/psb2/datasets/{p}` or `{data}/psb2/{p}`; each answer is
 * undefined where the file is not there. Failures are sentences.
 */
export const officialFiles = (fs: FileSystem.FileSystem, path: Path.Path) => {
  const find = Effect.fn("officialFiles.find")(function* (data: string, task: Task, part: "edge" | "random") {
    const folder = yield* fs.stat(data).pipe(
      Effect.mapError((error) => {
        const gone = error._tag === "SystemError" && error.reason === "NotFound"
        return `the data folder ${data} ${gone ? "does not exist" : `cannot be used: ${reasonOf(error)}`}`
      })
    )
    if (folder.type !== "Directory") return yield* Effect.fail(`${data} is a file, expected the data folder`)
    for (const middle of [["psb2", "datasets"], ["psb2"]]) {
      const file = path.join(data, ...middle, task.name, `${task.name}-${part}.json`)
      const there = yield* fs.exists(file).pipe(Effect.mapError((error) => `${file}: ${reasonOf(error)}`))
      if (there) return file
    }
    return undefined
  })

  /** All official edge cases in file order. */
  const edges = Effect.fn("officialFiles.edges")(function* (data: string, task: Task) {
    const file = yield* find(data, task, "edge")
    if (file === undefined) return undefined
    const text = yield* readText(fs, file, edgeFileLimit).pipe(
      Effect.mapError((reason) => `${file}: ${reason}`)
    )
    const cases = yield* officialCases(task, text).pipe(
      Either.mapLeft(({ line, reason }) => `${file}: line ${line}: ${printableLine(reason)}`)
    )
    return cases.length === 0 ? yield* Effect.fail(`${file}: the file holds no case`) : cases
  })

  /** A seeded sample of the official random cases, in its own order; a larger one begins with the smaller one. */
  const random = Effect.fn("officialFiles.random")(function* (
    data: string,
    task: Task,
    { seed, size }: Sample
  ) {
    const file = yield* find(data, task, "random")
    if (file === undefined) return undefined
    const lines = yield* sampleLines(
      fs.stream(file, { chunkSize: 2 ** 18 }),
      Math.max(1, size),
      randomFor(seed, "psb2 official random", task.name)
    ).pipe(Effect.mapError((error) => `${file}: ${typeof error === "string" ? error : reasonOf(error)}`))
    if (lines.length === 0) return yield* Effect.fail(`${file}: the file holds no case`)
    return yield* Effect.forEach(
      lines,
      ({ line, text }): Either.Either<IoCase, string> =>
        officialCase(task, text).pipe(
          Either.mapLeft((reason) => `${file}: line ${line}: ${printableLine(reason)}`)
        )
    )
  })

  return { edges, random }
}

import type { FileSystem, Path } from "@effect/platform"
import { Effect } from "effect"
import { ProblemInvalid } from "../ProblemSource.ts"

type Command = readonly [string, ...ReadonlyArray<string>]

/**
 * The command of a problem file's critic, with paths that hold everywhere: the executable is looked for beside the
 * file, and so are those of its arguments that name something there.
 */
export const commandOf = (
  fs: FileSystem.FileSystem,
  path: Path.Path,
  problem: string,
  [executable, ...words]: Command
): Effect.Effect<Command, ProblemInvalid> =>
  Effect.gen(function* () {
    const folder = path.dirname(path.resolve(problem))
    const beside = (word: string) => path.resolve(folder, word)
    const refused = (how: string) =>
      new ProblemInvalid({ problem, reason: `its critic ${JSON.stringify(beside(executable))} ${how}` })
    const found = yield* Effect.mapError(fs.stat(beside(executable)), () => refused("is not there"))
    if (found.type !== "File") return yield* refused("is no file")
    if ((found.mode & 0o111) === 0) return yield* refused("is not executable (chmod +x makes it so)")
    const placed = yield* Effect.forEach(words, (word) =>
      Effect.map(
        Effect.orElseSucceed(fs.exists(beside(word)), () => false),
        (exists) => (exists ? beside(word) : word)
      )
    )
    return [beside(executable), ...placed]
  })

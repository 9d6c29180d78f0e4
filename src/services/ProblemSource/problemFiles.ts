import type { FileSystem, Path } from "@effect/platform"
import { Effect, Either } from "effect"
import { byLines } from "../../domain/check.ts"
import type { Fault } from "../../domain/located.ts"
import type { IoCase } from "../../domain/problem.ts"
import { type ProblemFile, readProblemFile } from "../../domain/problemFile.ts"
import { filesOf } from "../Critics/filesOf.ts"
import { ProblemInvalid } from "../ProblemSource.ts"
import { commandOf } from "./criticCommand.ts"
import { readJson } from "./readJson.ts"
import { readText } from "./readText.ts"
import { readYaml } from "./readYaml.ts"
import type { Source } from "./source.ts"

const mebibyte = 2 ** 20

/** By the end of a file's name. A parsed YAML document takes some 250 times its size in memory, hence its limit. */
const formats = [
  { endings: [".json"], limit: 16 * mebibyte, read: readJson },
  { endings: [".yaml", ".yml"], limit: 4 * mebibyte, read: readYaml }
] as const

/** Any other ending is read as YAML, which includes JSON. */
const formatOf = (ending: string) =>
  formats.find(({ endings }) => endings.some((known) => known === ending)) ?? formats[1]

/** Problem files of the user's, see `docs/problems.md`. */
export const problemFiles = (fs: FileSystem.FileSystem, path: Path.Path): Source => {
  const endingOf = (name: string) => path.extname(name).toLowerCase()

  const isFile = (name: string) =>
    fs.stat(name).pipe(
      Effect.map(({ type }) => type !== "Directory"),
      Effect.orElseSucceed(() => false)
    )

  const read = Effect.fn("problemFiles.read")(function* (name: string) {
    const { limit, read } = formatOf(endingOf(name))
    const text = yield* readText(fs, name, limit).pipe(
      Effect.mapError((reason) => new ProblemInvalid({ problem: name, reason }))
    )
    return yield* Either.flatMap(read(text), readProblemFile).pipe(
      Either.mapLeft((faults) => new ProblemInvalid({ problem: name, reason: report(faults) }))
    )
  })

  return {
    problems: [],
    datasets: [],
    tasks: () => Effect.succeed([]),
    knows: (name) =>
      name.includes("/") || formats.some(({ endings }) => endings.some((known) => known === endingOf(name)))
        ? Effect.succeed(true)
        : isFile(name),
    load: Effect.fn("problemFiles.load")(function* ({ problem: name, promptExamples }) {
      const file = yield* read(name)
      const origin = { dataset: "file" }
      const { description, language } = file
      if (file.judge === "critic") {
        const command = yield* commandOf(fs, path, name, file.command)
        // Words that are paths are whole ones; a file that has the name of another word is none of the critic's.
        const files = yield* filesOf(command.filter((word) => path.isAbsolute(word)))
        const check = { _tag: "Critic", command, timeMs: file.timeMs, files } as const
        const problem = {
          name: file.name,
          description,
          check,
          promptExamples: 0,
          validation: file.trials,
          origin
        }
        return { problem, language }
      }
      const problem = {
        name: file.name,
        description,
        check: byLines(file.comparison),
        promptExamples: Math.min(promptExamples, file.examples.length),
        validation: validationOf(file),
        origin
      }
      return { problem, language }
    }),
    hidden: ({ problem }) => Effect.map(read(problem), ({ hidden }) => hidden),
    edge: ({ problem }) => Effect.as(read(problem), []),
    reference: ({ problem }) => Effect.as(read(problem), undefined)
  }
}

/** The examples come first, since the first validation cases are what the model is shown. */
const validationOf = ({
  examples,
  validation
}: Extract<ProblemFile, { judge: "examples" }>): readonly [IoCase, ...ReadonlyArray<IoCase>] => {
  const keyOf = ({ input, output }: IoCase) => JSON.stringify([input, output])
  const shown = new Set(examples.map(keyOf))
  return [...examples, ...validation.filter((item) => !shown.has(keyOf(item)))]
}

const shownFaults = 10

const report = (faults: ReadonlyArray<Fault>): string => {
  const lines = faults.slice(0, shownFaults).map(({ line, text }) => `line ${line}: ${text}`)
  if (faults.length === 1) return lines.join("")
  const more = faults.length > shownFaults ? [`and ${faults.length - shownFaults} more`] : []
  return [`${faults.length} faults`, ...lines, ...more].join("\n  ")
}

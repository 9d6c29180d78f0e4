import { FileSystem } from "@effect/platform"
import { Effect, Either, Option } from "effect"
import { languageNamed } from "../../../domain/languageNamed.ts"
import { tasks } from "../../../domain/psb2/tasks.ts"
import { type Grid, gridTable } from "../../experiment/grid.ts"
import { choice, count, countOrZero, flag, type Reader } from "../options.ts"
import { FileUnusable } from "../readProgram.ts"
import { Screen } from "../Screen.ts"
import { UsageInvalid } from "../usage.ts"

/** Values with commas between them, each read by itself. */
const list =
  <A>(read: Reader<A>): Reader<ReadonlyArray<A>> =>
  (text) =>
    Either.all(text.split(",").map((part) => read(part.trim())))

const named: Reader<string> = (text) =>
  text === "" ? Either.left("names with commas between") : Either.right(text)

const languageName: Reader<string> = (text) =>
  Either.fromNullable(languageNamed(text), () => "languages with commas between, as python,cpp")

/** The flags of `experiment make`. */
export const gridOptions = {
  problems: flag(
    "problems",
    "NAMES",
    list(named),
    "of make: problems, psb2 for all 25 of them, humaneval-x for its 164 in each language; default psb2"
  ),
  languages: flag("languages", "NAMES", list(languageName), "of make: default python"),
  models: flag("models", "MODELS", list(named), "of make: default simulated"),
  arities: flag("arities", "NUMBERS", list(count), "of make: N of D = R = W = N; default 4"),
  explanations: flag("explanations-per-program", "N", count, "of make: E; default 2"),
  rankings: flag(
    "rankings",
    "NAMES",
    list(choice("score", "lexicase", "tournament")),
    "of make: default score"
  ),
  instructions: flag(
    "instructions",
    "WRITERS",
    list(choice("model", "static")),
    "of make: who writes instructions; default model"
  ),
  repetitions: flag(
    "repetitions",
    "N",
    count,
    "of make: runs of each setting, by different seeds; default 1"
  ),
  maxPrograms: flag("max-programs", "N", count, "of make: the budget of a run; default 100"),
  validExamples: flag("valid-examples", "N", count, "of make: default 50"),
  testExamples: flag("test-examples", "N", countOrZero, "of make: default 2000")
}

type GridFlags = {
  readonly [Key in keyof typeof gridOptions]: (typeof gridOptions)[Key] extends {
    readonly read: Reader<infer A>
  }
    ? Option.Option<A>
    : never
}

/** The first of make's flags that was given. */
export const gridFlagIn = (flags: GridFlags): string | undefined => {
  const given: Readonly<Record<string, Option.Option<unknown>>> = flags
  return Object.entries(gridOptions).find(([key]) => Option.isSome(given[key] ?? Option.none()))?.[1].flag
    .name
}

/** The grid that flags say. On the left, what is wrong with it. */
export const gridOf = (flags: GridFlags): Either.Either<Grid, string> => {
  const or = <A>(value: Option.Option<A>, otherwise: A): A => Option.getOrElse(value, () => otherwise)
  const problems = or(flags.problems, ["psb2"]).flatMap((name) => sets[name] ?? [name])
  const twice = problems.find((name, index) => problems.indexOf(name) < index)
  if (twice !== undefined) return Either.left(`--problems names ${JSON.stringify(twice)} twice`)
  return Either.right({
    problems,
    languages: or(flags.languages, ["python"]),
    models: or(flags.models, ["simulated"]),
    arities: or(flags.arities, [4]),
    explanations: or(flags.explanations, 2),
    rankings: or(flags.rankings, ["score"]),
    instructions: or(flags.instructions, ["model"]),
    repetitions: or(flags.repetitions, 1),
    maxPrograms: or(flags.maxPrograms, 100),
    validExamples: or(flags.validExamples, 50),
    testExamples: or(flags.testExamples, 2_000)
  })
}

/** Names that stand for all problems of a set. A table can be made where the files of HumanEval-X are not. */
const sets: Readonly<Record<string, ReadonlyArray<string> | undefined>> = {
  psb2: [...tasks.keys()],
  "humaneval-x": Array.from({ length: 164 }, (_, number) => `humaneval-x/{language}/${number}`)
}

/** `seidr experiment make`: writes the table of a grid. */
export const makeTable = Effect.fn("experiment.make")(function* (
  flags: GridFlags,
  out: Option.Option<string>
) {
  const screen = yield* Screen
  const grid = yield* Either.mapLeft(gridOf(flags), (reason) => new UsageInvalid({ reason }))
  const table = gridTable(grid)
  if (Option.isNone(out)) return yield* screen.raw(table)
  const files = yield* FileSystem.FileSystem
  yield* files
    .writeFileString(out.value, table, { flag: "wx" })
    .pipe(
      Effect.mapError((error) => new FileUnusable({ flag: "out", file: out.value, reason: error.message }))
    )
  yield* screen.note(
    `${out.value}: ${table.split("\n").length - 2} rows; \`seidr experiment ${out.value}\` runs them`
  )
})

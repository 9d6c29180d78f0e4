import { Effect, Layer, Option } from "effect"
import { defaultLimits } from "../../domain/evaluation.ts"
import { languages } from "../../domain/language.ts"
import { languageOfFile } from "../../domain/languageNamed.ts"
import { configurationFrom } from "../configuration.ts"
import { CaseSet, type Executed, execute } from "../execute.ts"
import { layerCache, layerProblems, layerSandbox } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { diagnosticsOf, differenceOf, limitsText, rowsOf, rowText } from "./executeScreen.ts"
import { Concluded, exitStatus } from "./failure.ts"
import * as options from "./options.ts"
import { readProgram } from "./readProgram.ts"
import { Screen } from "./Screen.ts"
import { searchOptions } from "./searchOptions.ts"

const { or } = options

export const executeCommand = command(
  {
    name: "execute",
    about: "run one program on a problem's cases and show the verdict of each",
    exits: "0 all cases passed, 1 some did not"
  },
  {
    problem: options.argument(
      "PROBLEM",
      "a built-in problem or task (`seidr problems`, `humaneval-x/cpp/0`), or the path of a problem file"
    ),
    program: options.requiredFlag("program", "FILE", options.text, "the file with the program"),
    language: options.languageFlag,
    set: options.flag(
      "set",
      "SET",
      options.choice(...CaseSet.literals),
      "validation (default), hidden or edge"
    ),
    timeLimit: options.timeLimit,
    memoryLimit: options.memoryLimit,
    validExamples: searchOptions.validExamples,
    testExamples: searchOptions.testExamples,
    seed: searchOptions.seed,
    data: options.dataFolder,
    noCache: options.noCache,
    unconfined: options.unconfined,
    json: options.json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const program = yield* readProgram("program", flags.program)
      const configuration = yield* configurationFrom(environment, {
        data: Option.getOrUndefined(flags.data),
        unconfined: flags.unconfined,
        noCache: flags.noCache
      })
      const executed = yield* execute({
        problem: {
          problem: flags.problem,
          promptExamples: 0,
          validExamples: or(flags.validExamples, 100),
          testExamples: or(flags.testExamples, 2_000),
          seed: or(flags.seed, 42),
          data: configuration.data
        },
        language: Option.getOrUndefined(flags.language),
        named: languageOfFile(flags.program),
        program,
        set: or(flags.set, "validation"),
        limits: {
          ...defaultLimits,
          timeMs: Math.ceil(or(flags.timeLimit, defaultLimits.timeMs)),
          memoryBytes: or(flags.memoryLimit, defaultLimits.memoryBytes)
        }
      }).pipe(
        Effect.provide(Layer.mergeAll(layerSandbox(configuration), layerCache(configuration), layerProblems))
      )
      const { evaluation } = executed
      if (flags.json) yield* screen.json(documentOf(executed))
      else yield* show(executed)
      if (evaluation.passed < evaluation.total) return yield* Effect.fail(new Concluded(exitStatus.notAll))
    })
)

const documentOf = (executed: Executed) => ({
  problem: executed.problem.name,
  language: executed.language,
  score: executed.evaluation.score,
  passed: executed.evaluation.passed,
  total: executed.evaluation.total,
  source: executed.source,
  limits: executed.limits,
  cases: executed.evaluation.cases.map((result, index) => {
    const difference = differenceOf(executed, result, index)
    return { index, ...result, ...(difference === undefined ? {} : { difference }) }
  })
})

const show = (executed: Executed) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { evaluation } = executed
    const { title } = languages[executed.language]
    for (const row of rowsOf(executed)) {
      const color = row.result.verdict === "Passed" ? "green" : "red"
      yield* screen.print(rowText(row, (text) => screen.paint(color, text)))
      for (const line of diagnosticsOf(row)) yield* screen.print(line)
    }
    yield* screen.print(
      `${evaluation.passed} of ${evaluation.total} cases passed, score ${evaluation.score.toFixed(3)} ` +
        (executed.source === "cache"
          ? `(${title}, known from an earlier run; --no-cache runs it again)`
          : `(${title})`)
    )
    yield* screen.print(limitsText(executed))
  })

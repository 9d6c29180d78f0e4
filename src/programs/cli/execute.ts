import { Effect, Layer, Option } from "effect"
import { firstDifference } from "../../domain/comparison.ts"
import { type CaseResult, defaultLimits } from "../../domain/evaluation.ts"
import { printableLine } from "../../domain/printable.ts"
import { durationText, sizeText } from "../../domain/units.ts"
import { configurationFrom } from "../configuration.ts"
import { CaseSet, type Executed, execute } from "../execute.ts"
import { layerCache, layerProblems, layerSandbox } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
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
    problem: options.argument("PROBLEM", "a built-in problem or the path of a problem file"),
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

/** The first line that is not as expected, where lines are compared. */
const differenceOf = ({ problem: { check }, cases }: Executed, result: CaseResult, index: number) => {
  const item = cases[index]
  return check._tag === "Lines" && item !== undefined && "input" in item && result.verdict === "WrongAnswer"
    ? firstDifference(item.output, result.actual ?? "", check.comparison)
    : undefined
}

const show = (executed: Executed) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { evaluation } = executed
    for (const [index, result] of evaluation.cases.entries()) {
      const color = result.verdict === "Passed" ? "green" : "red"
      const line = `${String(index).padStart(5)}  ${screen.paint(color, result.verdict.padEnd(12))}  ${result.score.toFixed(3)}  ${result.ms.toFixed(1).padStart(7)} ms  ${sizeText(result.memoryBytes).padStart(8)}`
      yield* screen.print(`${line}${aboutOf(executed, result, index)}`)
    }
    yield* screen.print(
      `${evaluation.passed} of ${evaluation.total} cases passed, score ${evaluation.score.toFixed(3)}` +
        (executed.source === "cache" ? " (known from an earlier run; --no-cache runs it again)" : "")
    )
    yield* screen.print(limitsText(executed))
  })

/** What each case may use, and the most that one has used. */
const limitsText = ({ evaluation: { cases }, limits }: Executed): string => {
  const most = (numbers: ReadonlyArray<number>) => Math.max(0, ...numbers)
  const time = durationText(most(cases.map(({ ms }) => ms)))
  const memory = sizeText(most(cases.map(({ memoryBytes }) => memoryBytes)))
  return (
    `limits of a case: ${durationText(limits.timeMs)} of processor time, ${sizeText(limits.memoryBytes)} of memory, ` +
    `${sizeText(limits.outputBytes)} of output; most used: ${time}, ${memory}`
  )
}

/** What went wrong, on one line. */
const aboutOf = (executed: Executed, result: CaseResult, index: number): string => {
  switch (result.verdict) {
    case "WrongAnswer": {
      const difference = differenceOf(executed, result, index)
      return difference === undefined
        ? `  ${onOneLine(result.error)}`
        : `  line ${difference.line}: expected ${quoted(difference.expected)}, printed ${quoted(difference.actual)}`
    }
    case "RuntimeError":
      return `  ${result.signal ?? `exit status ${result.exit}`}  ${lastLine(result.error)}`
    case "CompileError":
      return `  ${lastLine(result.error)}`
    case "Skipped":
      return "  not run: the cases before it had ended at the time limit"
    default:
      return ""
  }
}

const quoted = (line: string | undefined): string =>
  line === undefined
    ? "nothing"
    : printableLine(JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line))

const onOneLine = (text = ""): string => printableLine(text.trim()).slice(0, 160)

const lastLine = (text = ""): string => printableLine(text.trim().split("\n").at(-1) ?? "").slice(0, 120)

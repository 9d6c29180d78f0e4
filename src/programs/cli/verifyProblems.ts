import { Effect, Layer } from "effect"
import { defaultLimits } from "../../domain/evaluation.ts"
import { type Language, languages } from "../../domain/language.ts"
import { didYouMean } from "../../domain/nearest.ts"
import { printableLine } from "../../domain/printable.ts"
import { ProblemSource } from "../../services/ProblemSource.ts"
import type { Configuration } from "../configuration.ts"
import { layerCache, layerProblems, layerReferences, layerSandbox } from "../layers.ts"
import { type Verified, verifyReferences } from "../verifyReferences.ts"
import { Concluded, exitStatus } from "./failure.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"

export interface VerifyOptions {
  readonly dataset: string | undefined
  readonly language: Language | undefined
  readonly limit: number | undefined
  readonly timeMs: number
  readonly json: boolean
}

/** `seidr problems verify`: the reference solutions of a data set, through the engine. */
export const verifyProblems = (options: VerifyOptions, configuration: Configuration) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { dataset, language, tasks } = yield* chosen(options, configuration.data)
    const asked = tasks.slice(0, options.limit)
    let done = 0
    let failed = 0
    const observe = (verified: Verified) =>
      Effect.gen(function* () {
        done += 1
        if (verified.failure !== undefined) failed += 1
        const about = `${done} of ${asked.length} · ${failed} failed · ${verified.task}`
        if (screen.isTerminal) yield* screen.status(about)
        else if (done % 20 === 0 || verified.failure !== undefined) yield* screen.note(about)
      })
    const verified = yield* verifyReferences(
      {
        tasks: asked,
        language,
        data: configuration.data,
        limits: { ...defaultLimits, timeMs: options.timeMs, memoryBytes: 2 * defaultLimits.memoryBytes },
        concurrency: configuration.executions
      },
      observe
    ).pipe(
      Effect.provide(
        Layer.mergeAll(layerSandbox(configuration), layerCache(configuration), layerProblems, layerReferences)
      )
    )
    const failures = verified.flatMap(({ failure, task }) =>
      failure === undefined ? [] : [{ task, ...failure }]
    )
    const passed = verified.length - failures.length
    if (options.json) {
      yield* screen.json({ dataset, language, passed, total: verified.length, failed: failures })
    } else {
      for (const { detail, task, verdict } of failures) {
        yield* screen.print(`${task}  ${screen.paint("red", verdict)}  ${firstLine(detail)}`)
      }
      const cases = verified.reduce((sum, one) => sum + one.cases, 0)
      yield* screen.print(
        `${passed} of ${verified.length} reference solutions in ${languages[language].title} pass, on ${cases} cases in all`
      )
    }
    if (failures.length > 0) return yield* Effect.fail(new Concluded(exitStatus.notAll))
  })

/** What the flags name: a data set's tasks, and the language of their solutions. */
const chosen = ({ dataset, language }: VerifyOptions, data: string | undefined) =>
  Effect.gen(function* () {
    const { datasets, list, tasks } = yield* ProblemSource
    const names = ["psb2", "humaneval", "humaneval-x", "mbpp", "mbpp-sanitized"]
    const refused = (reason: string) => new UsageInvalid({ reason })
    if (dataset === undefined) {
      return yield* refused(`problems verify needs --dataset, one of ${names.join(", ")}`)
    }
    if (dataset === "psb2") {
      const wanted = language ?? "python"
      if (wanted !== "python" && wanted !== "cpp") {
        return yield* refused(`the solutions of psb2 are in python and cpp, and --language is ${wanted}`)
      }
      return { dataset, language: wanted, tasks: list.map(({ name }) => name) }
    }
    const full = dataset === "humaneval-x" ? `humaneval-x/${language ?? "python"}` : dataset
    const found = datasets.find(({ name }) => name === full)
    if (found === undefined) {
      const known = datasets.map(({ name }) => name)
      const what =
        dataset === "humaneval-x"
          ? `humaneval-x has no tasks in ${language}`
          : `there is no data set ${JSON.stringify(dataset)}`
      return yield* refused(`${what}${didYouMean(full, known) || `; the data sets are ${names.join(", ")}`}`)
    }
    if (language !== undefined && language !== found.language) {
      return yield* refused(
        `the solutions of ${found.name} are in ${found.language}, and --language is ${language}`
      )
    }
    return { dataset: found.name, language: found.language, tasks: yield* tasks(found, data) }
  }).pipe(Effect.provide(layerProblems))

const firstLine = (text: string): string => {
  const lines = text.split("\n").filter((line) => line.trim() !== "")
  return printableLine(lines.find((line) => /\berror\b/i.test(line)) ?? lines[0] ?? "").slice(0, 160)
}

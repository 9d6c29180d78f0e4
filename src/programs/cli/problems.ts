import { Effect, Option } from "effect"
import { defaultLimits } from "../../domain/evaluation.ts"
import { ioCasesOf } from "../../domain/problem.ts"
import { programSection } from "../../domain/prompts/sections.ts"
import { ProblemSource } from "../../services/ProblemSource.ts"
import { configurationFrom } from "../configuration.ts"
import { layerProblems } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import * as options from "./options.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"
import { verifyProblems } from "./verifyProblems.ts"

const about =
  "a problem, a problem file or a data set, to be shown; or `verify`, which runs a data set's own solutions"

const verification = ["dataset", "language", "limit", "timeLimit"] as const

export const problemsCommand = command(
  {
    name: "problems",
    about: "list the built-in problems and data sets, show one, or verify a data set's solutions",
    exits: "0 done, 1 a solution did not pass"
  },
  {
    name: options.optionalArgument("NAME", about),
    data: options.dataFolder,
    dataset: options.flag(
      "dataset",
      "NAME",
      options.text,
      "of verify: psb2, humaneval, humaneval-x, mbpp or mbpp-sanitized"
    ),
    language: options.flag(
      "language",
      "NAME",
      options.language,
      "of verify: the solutions' language; default python"
    ),
    limit: options.flag("limit", "N", options.count, "of verify: only the first N tasks"),
    timeLimit: options.flag(
      "time-limit",
      "TIME",
      options.caseTime,
      "of verify: processor time per case; default 10s"
    ),
    noCache: options.noCache,
    unconfined: options.unconfined,
    json: options.json
  },
  (flags) =>
    Effect.gen(function* () {
      const configuration = yield* configurationFrom(environment, {
        data: Option.getOrUndefined(flags.data),
        unconfined: flags.unconfined,
        noCache: flags.noCache
      })
      const name = Option.getOrUndefined(flags.name)
      if (name === "verify") {
        return yield* verifyProblems(
          {
            dataset: Option.getOrUndefined(flags.dataset),
            language: Option.getOrUndefined(flags.language),
            limit: Option.getOrUndefined(flags.limit),
            timeMs: Math.ceil(options.or(flags.timeLimit, 5 * defaultLimits.timeMs)),
            json: flags.json
          },
          configuration
        )
      }
      const misplaced = verification.find((flag) => flags[flag]._tag === "Some")
      if (misplaced !== undefined) {
        const flag = misplaced.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
        return yield* new UsageInvalid({ reason: `--${flag} is a flag of \`seidr problems verify\` only` })
      }
      yield* name === undefined ? list(flags.json) : show(name, configuration.data, flags.json)
    }).pipe(Effect.provide(layerProblems))
)

/** Problems that are built in one by one, and data sets of which the files hold the problems by a line each. */
const list = (json: boolean) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { datasets, list } = yield* ProblemSource
    const sets = datasets.map(({ name, title }) => ({ name, dataset: name, title }))
    if (json) return yield* screen.json([...list, ...sets])
    const width = Math.max(...[...list, ...sets].map(({ name }) => name.length))
    for (const { dataset, name, title } of list) {
      yield* screen.print(`${name.padEnd(width)}  ${dataset}  ${title}`)
    }
    for (const { name, title } of sets) yield* screen.print(`${name.padEnd(width)}  set   ${title}`)
  })

const show = (name: string, data: string | undefined, json: boolean) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { datasets, load, tasks } = yield* ProblemSource
    const set = datasets.find((one) => one.name === name)
    if (set !== undefined) {
      const names = yield* tasks(set, data)
      if (json) return yield* screen.json({ ...set, tasks: names })
      for (const task of names) yield* screen.print(task)
      return
    }
    const { problem, language } = yield* load({
      problem: name,
      promptExamples: 5,
      validExamples: 100,
      testExamples: 0,
      seed: 42,
      data
    })
    const { check, description, origin, validation } = problem
    const examples = validation.slice(0, problem.promptExamples)
    if (json) {
      return yield* screen.json({
        name: problem.name,
        description,
        language: language ?? null,
        ...(check._tag === "Lines" ? { comparison: check.comparison } : {}),
        ...(check._tag === "UnitTests" ? { entryPoint: check.entryPoint, prompt: check.prompt } : {}),
        check: check._tag,
        origin,
        examples
      })
    }
    yield* screen.print(`${screen.paint("bold", problem.name)}\n\n${description.trim()}\n`)
    if (check._tag === "UnitTests") {
      yield* screen.print(programSection(check.prompt, check.language))
      yield* screen.print(`${validation.length} unit test${validation.length === 1 ? "" : "s"}`)
    }
    for (const { input, output } of ioCasesOf(examples)) {
      yield* screen.print(
        `${screen.paint("dim", "input")}\n${input.trimEnd()}\n${screen.paint("dim", "output")}\n${output.trimEnd()}\n`
      )
    }
  })

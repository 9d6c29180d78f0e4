import { Effect, Option } from "effect"
import { ioCasesOf } from "../../domain/problem.ts"
import { ProblemSource } from "../../services/ProblemSource.ts"
import { configurationFrom } from "../configuration.ts"
import { layerProblems } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { dataFolder, json, optionalArgument } from "./options.ts"
import { Screen } from "./Screen.ts"

const name = optionalArgument("NAME", "a built-in problem or a problem file, to be shown whole")

export const problemsCommand = command(
  { name: "problems", about: "list the built-in problems, or show one" },
  { name, data: dataFolder, json },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const source = yield* ProblemSource
      if (Option.isNone(flags.name)) {
        if (flags.json) return yield* screen.json(source.list)
        const width = Math.max(...source.list.map((problem) => problem.name.length))
        for (const problem of source.list) {
          yield* screen.print(`${problem.name.padEnd(width)}  ${problem.dataset}  ${problem.title}`)
        }
        return
      }
      const configuration = yield* configurationFrom(environment, { data: Option.getOrUndefined(flags.data) })
      const { problem, language } = yield* source.load({
        problem: flags.name.value,
        promptExamples: 5,
        validExamples: 100,
        testExamples: 0,
        seed: 42,
        data: configuration.data
      })
      const examples = problem.validation.slice(0, problem.promptExamples)
      if (flags.json) {
        const { name, description, check, origin } = problem
        return yield* screen.json({
          name,
          description,
          language: language ?? null,
          ...(check._tag === "Lines" ? { comparison: check.comparison } : {}),
          check: check._tag,
          origin,
          examples
        })
      }
      yield* screen.print(`${screen.paint("bold", problem.name)}\n\n${problem.description.trim()}\n`)
      for (const { input, output } of ioCasesOf(examples)) {
        yield* screen.print(
          `${screen.paint("dim", "input")}\n${input.trimEnd()}\n${screen.paint("dim", "output")}\n${output.trimEnd()}\n`
        )
      }
    }).pipe(Effect.provide(layerProblems))
)

import { Args, Command } from "@effect/cli"
import { FileSystem } from "@effect/platform"
import { Effect, Option } from "effect"
import type { Configuration } from "../configuration.ts"
import { configurationFrom } from "../configuration.ts"
import { layerOutside, layerRuns } from "../layers.ts"
import { begin } from "../solve/begin.ts"
import { requestOf } from "../solve/options.ts"
import { prepare } from "../solve/prepare.ts"
import type { SolveResult } from "../solve/result.ts"
import { environment } from "./environment.ts"
import { Concluded, exitStatus } from "./failure.ts"
import {
  count,
  database,
  dataFolder,
  duration,
  flag,
  json,
  languageFlag,
  text,
  unconfined
} from "./options.ts"
import { progress } from "./progress.ts"
import { checkWritable, FileUnusable, readProgram } from "./readProgram.ts"
import { Screen } from "./Screen.ts"
import { givenOptions, searchOptions } from "./searchOptions.ts"

/** Flags of the machinery, which shape no search. */
export const machineOptions = {
  database,
  ollamaUrl: flag(
    "ollama-url",
    text,
    "Where Ollama answers; default OLLAMA_HOST, else http://localhost:11434"
  ),
  modelTimeout: flag("model-timeout", duration, "How long an endpoint may be silent; default 25s"),
  concurrency: flag("concurrency", count, "Requests to models at the same time; default 8"),
  data: dataFolder,
  unconfined,
  json,
  out: flag("out", text, "Write the program to this file instead of standard output")
}

const problem = Args.text({ name: "problem" }).pipe(
  Args.withDescription("A built-in problem (see `seidr problems`) or the path of a problem file")
)

export const solveCommand = Command.make(
  "solve",
  {
    problem,
    language: languageFlag,
    start: flag("start", text, "Begin from the program in this file instead of drafts"),
    label: flag("label", text, "A name by which the run can be found"),
    ...searchOptions,
    ...machineOptions
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const out = Option.getOrUndefined(flags.out)
      const configuration = yield* configurationOf(flags)
      const start = Option.isSome(flags.start) ? yield* readProgram("start", flags.start.value) : undefined
      if (out !== undefined) yield* checkWritable("out", out)
      const request = yield* requestOf({
        problem: flags.problem,
        ...givenOptions(flags),
        language: Option.getOrUndefined(flags.language),
        label: Option.getOrUndefined(flags.label),
        data: configuration.data,
        start
      })
      const result = yield* Effect.gen(function* () {
        const prepared = yield* prepare(request)
        yield* introduce(request.models.draft, prepared.problem.name, prepared.problem.origin.dataset)
        const observe = yield* progress(screen)
        return yield* begin(prepared, observe, (runId) =>
          screen.note(screen.paint("dim", `run ${runId}`))
        ).pipe(Effect.provide(layerRuns(configuration)))
      }).pipe(Effect.provide(layerOutside(configuration)))
      yield* conclude(result, { out, isJson: flags.json })
    })
).pipe(Command.withDescription("Search for a program that solves a problem"))

const introduce = (model: string, name: string, dataset: string) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    yield* screen.note(screen.paint("bold", `seidr: ${name} with ${model}`))
    if (!model.startsWith("simulated")) return
    yield* screen.note(
      "The embedded model answers: it is for trying the search. For a real one: --model openai:NAME with OPENAI_API_KEY, or --model ollama:NAME."
    )
    if (dataset === "file") {
      yield* screen.note(
        screen.paint("yellow", "The embedded model knows the built-in problems only, not this file's.")
      )
    }
  })

type MachineFlags = {
  readonly [Key in Exclude<keyof typeof machineOptions, "json" | "unconfined" | "out">]: Option.Option<
    string | number
  >
} & { readonly unconfined: boolean }

/** The configuration that flags and environment give. */
export const configurationOf = (flags: MachineFlags): Effect.Effect<Configuration> => {
  const given = (value: Option.Option<string | number>) => Option.getOrUndefined(value)
  return configurationFrom(environment, {
    database: given(flags.database) as string | undefined,
    ollamaHost: given(flags.ollamaUrl) as string | undefined,
    data: given(flags.data) as string | undefined,
    silenceMs: given(flags.modelTimeout) as number | undefined,
    concurrency: given(flags.concurrency) as number | undefined,
    unconfined: flags.unconfined
  })
}

/** Shows how a run ended, hands out the program, and ends with the right status. */
export const conclude = (
  result: SolveResult,
  { out, isJson }: { readonly out: string | undefined; readonly isJson: boolean }
) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { best, hidden, status } = result
    const isSolved = status === "solved"
    const verdict = isSolved ? screen.paint("green", "solved") : screen.paint("yellow", "not solved")
    yield* screen.note(
      `${verdict}: ${best.node} passes ${best.passed} of ${best.total} validation cases` +
        (hidden === null ? "" : ` and ${hidden.passed} of ${hidden.total} hidden ones`) +
        `; ${result.programs} programs, ${result.calls} calls. ` +
        `\`seidr tree ${result.runId}\` shows the search.`
    )
    const program = best.program ?? ""
    if (out !== undefined) {
      const files = yield* FileSystem.FileSystem
      yield* files
        .writeFileString(out, program)
        .pipe(Effect.mapError((error) => new FileUnusable({ flag: "out", file: out, reason: error.message })))
    } else if (!isJson) {
      yield* screen.raw(program)
    }
    if (isJson) yield* screen.json(result)
    if (!isSolved) return yield* Effect.fail(new Concluded(exitStatus.notAll))
  })

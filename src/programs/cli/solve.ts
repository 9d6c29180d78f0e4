import { FileSystem } from "@effect/platform"
import { Effect, Either, Option } from "effect"
import type { Usage } from "../../domain/completion.ts"
import type { RunId } from "../../domain/ids.ts"
import { printableLine } from "../../domain/printable.ts"
import type { TapeUse } from "../../domain/tape/taped.ts"
import type { Configuration } from "../configuration.ts"
import { configurationFrom, mostConcurrency } from "../configuration.ts"
import type { Observer } from "../drive.ts"
import { layerOutside, layerRuns } from "../layers.ts"
import { resume } from "../resume.ts"
import { begin } from "../solve/begin.ts"
import { requestOf } from "../solve/options.ts"
import { type Prepared, prepare } from "../solve/prepare.ts"
import type { SolveResult } from "../solve/result.ts"
import { unfinished } from "../solve/unfinished.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { Concluded, exitStatus } from "./failure.ts"
import {
  argument,
  countUpTo,
  database,
  dataFolder,
  duration,
  flag,
  json,
  languageFlag,
  noCache,
  text,
  toggle,
  unconfined
} from "./options.ts"
import { progress } from "./progress.ts"
import { checkWritable, FileUnusable, readProgram } from "./readProgram.ts"
import { resumable, whereOf } from "./resumable.ts"
import { Screen } from "./Screen.ts"
import { givenOptions, searchOptions } from "./searchOptions.ts"
import { gitSettingsOf, type SinkFlags, sinkOptions } from "./sinkOptions.ts"
import { UsageInvalid } from "./usage.ts"

/** Flags of the machinery, which shape no search. */
export const machineOptions = {
  database,
  ollamaUrl: flag(
    "ollama-url",
    "URL",
    text,
    "where Ollama answers; default OLLAMA_HOST, else http://localhost:11434"
  ),
  modelTimeout: flag("model-timeout", "TIME", duration, "how long an endpoint may be silent; default 25s"),
  concurrency: flag(
    "concurrency",
    "N",
    countUpTo(mostConcurrency),
    "requests to models at the same time; default 8"
  ),
  data: dataFolder,
  noCache,
  unconfined,
  ...sinkOptions,
  json,
  out: flag("out", "FILE", text, "write the program to this file instead of standard output")
}

const problem = argument(
  "PROBLEM",
  "a built-in problem or task (`seidr problems`, `humaneval-x/cpp/0`), or the path of a problem file"
)

export const solveCommand = command(
  { name: "solve", about: "search for a program that solves a problem", exits: "0 solved, 1 not solved" },
  {
    problem,
    language: languageFlag,
    start: flag("start", "FILE", text, "begin from the program in this file instead of drafts"),
    label: flag("label", "NAME", text, "a name by which the run can be found"),
    isNew: toggle("new", "begin a new run, though one of the very same search was left unfinished"),
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
      let began: string | undefined
      const result = yield* Effect.gen(function* () {
        yield* screen.status("looking at the problem, the model and the sandbox")
        const prepared = yield* prepare(request)
        const observe = yield* progress(screen)
        const onRun = (isLeft: boolean) => (runId: RunId) => {
          began = runId
          return introduce(screen, prepared, runId, isLeft)
        }
        return yield* Effect.gen(function* () {
          const left = flags.isNew ? undefined : yield* unfinished(prepared)
          if (left === undefined) return yield* begin(prepared, observe, onRun(false))
          yield* onRun(true)(left)
          let isTaken = false
          const observeTaken: Observer = (recorded, state) => {
            isTaken = true
            return observe(recorded, state)
          }
          // The critic is the one that the user has named just now.
          return yield* resume(left, request.maxOutage, observeTaken, "trusted").pipe(
            Effect.catchIf(
              (error) => error._tag === "RunHeld" && !isTaken,
              (error) =>
                Effect.zipRight(
                  screen.note(`${error.message}. This is another run:`),
                  begin(prepared, observe, onRun(false))
                )
            )
          )
        }).pipe(Effect.provide(layerRuns(configuration)))
      }).pipe(
        Effect.provide(layerOutside(configuration)),
        resumable(flags.database, () => began)
      )
      yield* conclude(result, { out, isJson: flags.json, database: flags.database })
    })
)

const introduce = (
  screen: typeof Screen.Service,
  { request, problem }: Prepared,
  runId: RunId,
  isLeft: boolean
) =>
  Effect.gen(function* () {
    const model = request.models.draft
    yield* screen.note(
      screen.paint("bold", `seidr: ${printableLine(problem.name)} with ${printableLine(model)}`)
    )
    if (model.startsWith("simulated")) {
      yield* screen.note(
        "The embedded model answers: it is for trying the search. For a real one: --model openai:NAME with OPENAI_API_KEY, or --model ollama:NAME."
      )
      if (problem.origin.dataset === "file") {
        yield* screen.note(
          screen.paint("yellow", "The embedded model knows the built-in problems only, not this file's.")
        )
      }
    }
    if (isLeft) {
      yield* screen.note("This very search was begun before and left: it goes on. --new begins another.")
    }
    yield* screen.note(screen.paint("dim", `run ${runId}`))
  })

/** What the flags of the machinery hold. */
export type MachineFlags = {
  readonly [Key in Exclude<
    keyof typeof machineOptions,
    "json" | "noCache" | "unconfined" | "out" | keyof SinkFlags
  >]: Option.Option<string | number>
} & SinkFlags & { readonly unconfined: boolean; readonly noCache: boolean }

/** The configuration that flags and environment give. */
export const configurationOf = Effect.fn("configurationOf")(function* (
  flags: MachineFlags
): Effect.fn.Return<Configuration, UsageInvalid> {
  const given = (value: Option.Option<string | number>) => Option.getOrUndefined(value)
  const git = yield* Either.mapLeft(gitSettingsOf(flags), (reason) => new UsageInvalid({ reason }))
  const configuration = yield* configurationFrom(environment, {
    database: given(flags.database) as string | undefined,
    ollamaHost: given(flags.ollamaUrl) as string | undefined,
    data: given(flags.data) as string | undefined,
    silenceMs: given(flags.modelTimeout) as number | undefined,
    concurrency: given(flags.concurrency) as number | undefined,
    unconfined: flags.unconfined,
    noCache: flags.noCache,
    wandb: Option.getOrUndefined(flags.wandb)
  })
  return { ...configuration, git }
})

/** Shows how a run ended, hands out the program, and ends with the right status. */
export const conclude = (
  result: SolveResult,
  {
    out,
    isJson,
    database
  }: {
    readonly out: string | undefined
    readonly isJson: boolean
    readonly database: Option.Option<string>
  }
) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { best, hidden, status } = result
    const isSolved = status === "solved"
    const verdict = isSolved ? screen.paint("green", "solved") : screen.paint("yellow", "not solved")
    yield* screen.note(
      `${verdict}: ${best.node} passes ${best.passed} of ${best.total} validation cases` +
        (hidden === null
          ? " (there are no hidden ones)"
          : ` and ${hidden.passed} of ${hidden.total} hidden ones`) +
        `; ${result.programs} programs, ${result.calls} calls${surplusOf(result)}. ` +
        `\`seidr tree ${result.runId}${whereOf(database)}\` shows the search.`
    )
    if (result.fork !== undefined) yield* screen.note(forkLine(result.fork))
    if (result.tape !== null) yield* screen.note(tapeLine(result.tape))
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

/** What a fork's programs and calls come on top of, and which of its calls were not paid for again. */
const forkLine = ({ inherited, adopted }: NonNullable<SolveResult["fork"]>): string =>
  `inherited ${inherited.programs} programs and ${inherited.calls} calls (${spelledUsage(inherited.tokens)} tokens), ` +
  `and adopted ${adopted.calls} of its own calls (${spelledUsage(adopted.tokens)} tokens): neither was paid for again`

const spelledUsage = (usage: Usage): string => `${usage.in}+${usage.out}`

/** How much of a what-if is what was recorded. */
const tapeLine = ({ exact, sameRequest, resampled, asked, missing, tokens }: TapeUse): string =>
  `from the tape: ${exact} answers of the same place and request, ${sameRequest} of the same request elsewhere, ` +
  `${resampled} resampled, ${asked} asked of a model${missing === 0 ? "" : `, ${missing} missing at first`}; ` +
  `what came from it took ${tokens.in}+${tokens.out} tokens when it was recorded, and nothing now`

/** What was paid beyond the stopping index: it counts for nothing but the bill. */
const surplusOf = ({ surplus }: SolveResult): string =>
  surplus.calls === 0 ? "" : ` (and ${surplus.calls} calls more beyond the winner)`

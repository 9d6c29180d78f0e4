import { Either, Option } from "effect"
import type { TemperatureSchedule } from "../../domain/settings.ts"
import type { SolveOptions } from "../solve/options.ts"
import {
  choice,
  count,
  countOrZero,
  duration,
  flag,
  integer,
  memoryLimit,
  text,
  timeLimit
} from "./options.ts"

/** A temperature schedule: `published`, or a number that all requests share. */
const schedule = (value: string): Either.Either<TemperatureSchedule, string> => {
  if (value === "published") return Either.right({ kind: "published" })
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  return number <= 2
    ? Either.right({ kind: "constant", value: number })
    : Either.left("published, or a number from 0 to 2")
}

/** The flags that shape a search, under the names of the library's options. */
export const searchOptions = {
  preset: flag(
    "preset",
    choice("seidr", "reference"),
    "seidr (default) or reference: the published defaults"
  ),
  model: flag("model", text, "openai:NAME, ollama:NAME, or simulated (default): the embedded model"),
  explainModel: flag("explain-model", text, "The model that explains failures; default --model"),
  debugModel: flag("debug-model", text, "The model that repairs programs; default --model"),
  maxPrograms: flag("max-programs", count, "The budget of programs; default 100"),
  draftsPerPrompt: flag("drafts-per-prompt", count, "Drafts in the first generation; default 4"),
  explanationsPerProgram: flag(
    "explanations-per-program",
    count,
    "Instructions for each survivor; default 2"
  ),
  repairsPerExplanation: flag("repairs-per-explanation", count, "Repairs by each instruction; default 4"),
  beamWidth: flag("beam-width", count, "Survivors of a generation; default 4"),
  ranking: flag(
    "ranking",
    choice("score", "lexicase", "tournament"),
    "How survivors are chosen; default score"
  ),
  tournamentSize: flag("tournament-size", count, "Entrants of a tournament; default 3"),
  instructions: flag("instructions", choice("model", "static"), "Who writes instructions; default model"),
  temperatureSchedule: flag(
    "temperature-schedule",
    schedule,
    "published (default), or one number from 0 to 2"
  ),
  promptExamples: flag("prompt-examples", countOrZero, "Examples that the model is shown; default 5"),
  validExamples: flag("valid-examples", count, "Validation cases of a data set's problem; default 100"),
  testExamples: flag("test-examples", countOrZero, "Hidden cases of a data set's problem; default 2000"),
  seed: flag("seed", integer, "Draws the cases and every choice; default 42"),
  timeLimitMs: timeLimit,
  memoryLimitBytes: memoryLimit,
  maxOutageMs: flag(
    "max-outage",
    duration,
    "How long an endpoint may fail before the run lets go; default 20s"
  )
}

type Parsed = { readonly [Key in keyof typeof searchOptions]: Option.Option<unknown> }

/** The options that were given, by the library's names. */
export const givenOptions = (flags: Parsed): Partial<SolveOptions> =>
  Object.fromEntries(
    Object.keys(searchOptions).flatMap((key) => {
      const value = flags[key as keyof Parsed]
      return Option.isSome(value) ? [[key, value.value]] : []
    })
  )

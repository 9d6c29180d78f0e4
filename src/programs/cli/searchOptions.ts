import { Either, Option } from "effect"
import type { TemperatureSchedule } from "../../domain/settings.ts"
import { onMissFrom } from "../../domain/tape/onMiss.ts"
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

const onMiss = (value: string): Either.Either<string, string> =>
  onMissFrom(value) === undefined ? Either.left("fail, resample or ask:MODEL") : Either.right(value)

/** The flags that shape a search, under the names of the library's options. */
export const searchOptions = {
  preset: flag(
    "preset",
    "NAME",
    choice("seidr", "reference", "sampling", "repair-only"),
    "seidr (default), reference: the published defaults, or a baseline: sampling (drafts alone), repair-only (one chain)"
  ),
  model: flag(
    "model",
    "MODEL",
    text,
    "openai:NAME, ollama:NAME, tape:RUN (recordings), or simulated (default): the embedded model"
  ),
  explainModel: flag("explain-model", "MODEL", text, "the model that explains failures; default --model"),
  debugModel: flag("debug-model", "MODEL", text, "the model that repairs programs; default --model"),
  onMiss: flag(
    "on-miss",
    "HOW",
    onMiss,
    "fail (default), resample or ask:MODEL: what is done when a tape has no answer"
  ),
  maxPrograms: flag("max-programs", "N", count, "the budget of programs; default 100"),
  draftsPerPrompt: flag("drafts-per-prompt", "N", count, "drafts in the first generation; default 4"),
  explanationsPerProgram: flag(
    "explanations-per-program",
    "N",
    count,
    "instructions for each survivor; default 2"
  ),
  repairsPerExplanation: flag(
    "repairs-per-explanation",
    "N",
    count,
    "repairs by each instruction; default 4"
  ),
  beamWidth: flag("beam-width", "N", count, "survivors of a generation; default 4"),
  ranking: flag(
    "ranking",
    "RANKING",
    choice("score", "lexicase", "tournament"),
    "score (default), lexicase or tournament: how survivors are chosen"
  ),
  tournamentSize: flag("tournament-size", "N", count, "entrants of a tournament; default 3"),
  instructions: flag(
    "instructions",
    "WRITER",
    choice("model", "static"),
    "model (default) or static: who writes instructions"
  ),
  temperatureSchedule: flag(
    "temperature-schedule",
    "SCHEDULE",
    schedule,
    "published (default), or one number from 0 to 2"
  ),
  batchSize: flag(
    "batch-size",
    "N",
    count,
    "samples that share a temperature of the published schedule; default 10, with ollama 1"
  ),
  promptExamples: flag("prompt-examples", "N", countOrZero, "examples that the model is shown; default 5"),
  validExamples: flag("valid-examples", "N", count, "validation cases of a data set's problem; default 100"),
  testExamples: flag("test-examples", "N", countOrZero, "hidden cases of a data set's problem; default 2000"),
  seed: flag("seed", "N", integer, "draws the cases and every choice; default 42"),
  timeLimitMs: timeLimit,
  memoryLimitBytes: memoryLimit,
  maxOutageMs: flag(
    "max-outage",
    "TIME",
    duration,
    "how long an endpoint may fail before the run lets go; default 20s"
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

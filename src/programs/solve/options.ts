import { Duration, Effect, ParseResult, Schema } from "effect"
import { defaultLimits, mostLimits } from "../../domain/evaluation.ts"
import { Language } from "../../domain/language.ts"
import type { Ranking } from "../../domain/settings.ts"
import { TemperatureSchedule } from "../../domain/settings.ts"
import { isTape, withOnMiss } from "../../domain/tape/name.ts"
import { onMissFrom } from "../../domain/tape/onMiss.ts"
import type { SolveRequest } from "./request.ts"

/** An option has a value that cannot be used. */
export class OptionInvalid extends Schema.TaggedError<OptionInvalid>()("OptionInvalid", {
  reason: Schema.String
}) {
  override get message(): string {
    return this.reason
  }
}

const optional = <A, I>(schema: Schema.Schema<A, I>) =>
  Schema.optionalWith(Schema.UndefinedOr(schema), { exact: true })
/** Beyond it, a search or its cases would fill the memory before anything is asked. */
const most = 1_000_000
const Count = Schema.Int.pipe(Schema.between(1, most))
const CountOrZero = Schema.Int.pipe(Schema.between(0, most))

/** What can be said about a search; whatever is left out is decided by the preset. */
export const SolveOptions = Schema.Struct({
  /** A built-in problem's name, or the path of a problem file. */
  problem: Schema.NonEmptyString,
  preset: optional(Schema.Literal("seidr", "reference", "sampling", "repair-only")),
  language: optional(Language),
  /** `openai:NAME`, `ollama:NAME`, `simulated`, or recordings: `tape:RUN`. */
  model: optional(Schema.NonEmptyString),
  explainModel: optional(Schema.NonEmptyString),
  debugModel: optional(Schema.NonEmptyString),
  /** What is done about answers that a tape among the models does not hold: `fail`, `resample` or `ask:MODEL`. */
  onMiss: optional(Schema.NonEmptyString),
  maxPrograms: optional(Count),
  draftsPerPrompt: optional(Count),
  explanationsPerProgram: optional(Count),
  repairsPerExplanation: optional(Count),
  beamWidth: optional(Count),
  ranking: optional(Schema.Literal("score", "lexicase", "tournament")),
  tournamentSize: optional(Count),
  instructions: optional(Schema.Literal("model", "static")),
  temperatureSchedule: optional(TemperatureSchedule),
  /** How many samples of a place share a temperature of the published schedule, instead of what its model's family has. */
  batchSize: optional(Count),
  promptExamples: optional(CountOrZero),
  validExamples: optional(Count),
  testExamples: optional(CountOrZero),
  seed: optional(Schema.Int),
  /** Processor time per case. */
  timeLimitMs: optional(Schema.Int.pipe(Schema.between(1, mostLimits.timeMs))),
  memoryLimitBytes: optional(Schema.Int.pipe(Schema.between(1, mostLimits.memoryBytes))),
  /** The text of a program to begin from. */
  start: optional(Schema.String),
  label: optional(Schema.NonEmptyString),
  /** The folder with official data files. */
  data: optional(Schema.NonEmptyString),
  /** How long an endpoint may fail before the run lets go. */
  maxOutageMs: optional(Schema.NonNegative)
})
export type SolveOptions = typeof SolveOptions.Type

/**
 * Defaults of our own (the setting N = 4 of arXiv 2503.07693), those of the published command line, and two baselines with
 * the budget of our own: independent samples, of which the budget is all drafts, and a single chain of repairs.
 */
const presets = {
  seidr: {
    language: undefined,
    model: "simulated",
    maxPrograms: 100,
    draftsPerPrompt: 4,
    explanationsPerProgram: 2,
    repairsPerExplanation: 4,
    beamWidth: 4
  },
  reference: {
    language: "cpp",
    model: "openai:gpt-3.5-turbo",
    maxPrograms: 1_000,
    draftsPerPrompt: 10,
    explanationsPerProgram: 10,
    repairsPerExplanation: 2,
    beamWidth: 100
  },
  sampling: {
    language: undefined,
    model: "simulated",
    maxPrograms: 100,
    draftsPerPrompt: "budget",
    explanationsPerProgram: 1,
    repairsPerExplanation: 1,
    beamWidth: 1
  },
  "repair-only": {
    language: undefined,
    model: "simulated",
    maxPrograms: 100,
    draftsPerPrompt: 1,
    explanationsPerProgram: 1,
    repairsPerExplanation: 1,
    beamWidth: 1
  }
} as const

export const defaultSeed = 42
export const defaultTournamentSize = 3
/** With it, an endpoint that does not answer ends a run within half a minute. */
const defaultMaxOutageMs = 20_000

const validate = Schema.validate(SolveOptions, { onExcessProperty: "error", errors: "all" })

/** The request that options stand for. */
export const requestOf = (options: SolveOptions): Effect.Effect<SolveRequest, OptionInvalid> =>
  validate(options).pipe(
    Effect.mapError((error) => new OptionInvalid({ reason: reasonOf(error) })),
    Effect.map(filled),
    Effect.flatMap((request) => withTapes(request, options.onMiss)),
    Effect.tap((request) => checkBatch(request))
  )

/** The request with what is to be done about missing answers in the names of its tapes. */
const withTapes = (
  request: SolveRequest,
  given: string | undefined
): Effect.Effect<SolveRequest, OptionInvalid> => {
  if (given === undefined) return Effect.succeed(request)
  const onMiss = onMissFrom(given)
  if (onMiss === undefined) {
    const reason = `the option onMiss is ${JSON.stringify(given)}, and has to be fail, resample or ask:MODEL`
    return new OptionInvalid({ reason })
  }
  const { draft, explain, repair } = request.models
  if (![draft, explain, repair].some(isTape)) {
    return new OptionInvalid({ reason: "the option onMiss is for tapes, and none of the models is tape:RUN" })
  }
  const telling = (name: string) => (isTape(name) ? withOnMiss(name, onMiss) : name)
  const models = { draft: telling(draft), explain: telling(explain), repair: telling(repair) }
  return Effect.succeed({ ...request, models })
}

/** The answers of a tape are found by the temperatures that they were asked for with. */
const checkBatch = ({ batchSize, models }: SolveRequest): Effect.Effect<void, OptionInvalid> => {
  const tape = batchSize === undefined ? undefined : Object.values(models).find(isTape)
  if (tape === undefined) return Effect.void
  const reason = `the option batchSize is for models that are asked, and ${tape} was asked with batches of its own`
  return new OptionInvalid({ reason })
}

/** One sentence per option: of the ways in which a value is wrong, the first. */
const reasonOf = (error: ParseResult.ParseError): string => {
  const reasons = new Map<string, string>()
  for (const { path, message } of ParseResult.ArrayFormatter.formatErrorSync(error)) {
    const name = path.map(String).join(".")
    if (!reasons.has(name)) reasons.set(name, message)
  }
  return [...reasons].map(([name, reason]) => `the option ${name}: ${reason}`).join("; ")
}

const filled = (options: SolveOptions): SolveRequest => {
  const preset = presets[options.preset ?? "seidr"]
  const draft = options.model ?? preset.model
  const maxPrograms = options.maxPrograms ?? preset.maxPrograms
  const drafts = preset.draftsPerPrompt === "budget" ? maxPrograms : preset.draftsPerPrompt
  return {
    problem: {
      problem: options.problem,
      promptExamples: options.promptExamples ?? 5,
      validExamples: options.validExamples ?? 100,
      testExamples: options.testExamples ?? 2_000,
      seed: options.seed ?? defaultSeed,
      data: options.data
    },
    language: options.language ?? preset.language,
    models: { draft, explain: options.explainModel ?? draft, repair: options.debugModel ?? draft },
    batchSize: options.batchSize,
    search: {
      maxPrograms,
      drafts: options.draftsPerPrompt ?? drafts,
      explanations: options.explanationsPerProgram ?? preset.explanationsPerProgram,
      repairs: options.repairsPerExplanation ?? preset.repairsPerExplanation,
      beamWidth: options.beamWidth ?? preset.beamWidth,
      ranking: rankingOf(options),
      instructions: options.instructions ?? "model",
      temperature: options.temperatureSchedule ?? { kind: "published" },
      limits: {
        ...defaultLimits,
        timeMs: options.timeLimitMs ?? defaultLimits.timeMs,
        memoryBytes: options.memoryLimitBytes ?? defaultLimits.memoryBytes
      }
    },
    start: options.start,
    label: options.label,
    maxOutage: Duration.millis(options.maxOutageMs ?? defaultMaxOutageMs)
  }
}

const rankingOf = ({ ranking = "score", tournamentSize }: SolveOptions): Ranking =>
  ranking === "tournament"
    ? { kind: ranking, size: tournamentSize ?? defaultTournamentSize }
    : { kind: ranking }

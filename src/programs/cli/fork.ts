import { Duration, Effect, Either, Option } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { onMissFrom } from "../../domain/tape/onMiss.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { fork } from "../fork/fork.ts"
import { type Spelled, spelled } from "../fork/point.ts"
import type { Overrides } from "../fork/settings.ts"
import { command, type Values } from "./command.ts"
import { continuing } from "./continuing.ts"
import {
  choice,
  flag,
  or,
  requiredFlag,
  run,
  saying,
  text,
  trustChangedCritic,
  trustCritic,
  trustOf
} from "./options.ts"
import { Screen } from "./Screen.ts"
import { searchOptions } from "./searchOptions.ts"
import { machineOptions } from "./solve.ts"

const point = (value: string): Either.Either<Spelled, string> =>
  Either.fromNullable(spelled(value), () => "a node such as d3.e0.r1, gen:K, a position such as 120, or end")

const seed = (value: string): Either.Either<number | "keep" | "new", string> =>
  value === "keep" || value === "new"
    ? Either.right(value)
    : /^[+-]?\d{1,15}$/.test(value)
      ? Either.right(Number(value))
      : Either.left("keep, new, or a whole number")

const stays = "a fork keeps the problem, the language, the cases and the limits of its parent"

const {
  maxOutageMs,
  preset,
  batchSize,
  promptExamples,
  validExamples,
  testExamples,
  timeLimitMs,
  memoryLimitBytes,
  ...others
} = searchOptions

/** `solve` has defaults for these; a fork has its parent's settings. */
const search = {
  ...others,
  model: saying(others.model, "openai:NAME, ollama:NAME, tape:RUN (recordings) or simulated, in all roles"),
  explainModel: saying(others.explainModel, "the model that explains failures"),
  debugModel: saying(others.debugModel, "the model that repairs programs"),
  maxPrograms: saying(
    others.maxPrograms,
    "the fork's own budget of programs; not given, as many as its parent had of its own"
  ),
  draftsPerPrompt: saying(others.draftsPerPrompt, "drafts in the first generation"),
  explanationsPerProgram: saying(others.explanationsPerProgram, "instructions for each survivor"),
  repairsPerExplanation: saying(others.repairsPerExplanation, "repairs by each instruction"),
  beamWidth: saying(others.beamWidth, "survivors of a generation"),
  ranking: saying(others.ranking, "score, lexicase or tournament: how survivors are chosen"),
  tournamentSize: saying(others.tournamentSize, "entrants of a tournament; 3 where the parent holds none"),
  instructions: saying(others.instructions, "model or static: who writes instructions"),
  temperatureSchedule: saying(others.temperatureSchedule, "published, or one number from 0 to 2")
}

const parameters = {
  run,
  at: requiredFlag(
    "at",
    "POINT",
    point,
    "a node (nothing but its ancestors is inherited), gen:K (its ranking is made anew), a position of the log, or its end"
  ),
  ...search,
  seed: flag("seed", "SEED", seed, "keep (default), new, or a number: draws every choice from here on"),
  answers: flag(
    "answers",
    "HOW",
    choice("adopt", "ask"),
    "adopt (default): ancestors' answers to the very same requests are taken; ask: models are asked"
  ),
  label: flag("label", "NAME", text, "a name by which the run can be found"),
  maxOutage: maxOutageMs,
  trustCritic,
  trustChangedCritic,
  ...machineOptions
}

type Flags = Values<typeof parameters>

export const forkCommand = command(
  {
    name: "fork",
    about:
      "go on from a point of a run under other settings, as a run of its own. What is not given stays as it was",
    exits: "0 solved, 1 not solved",
    refuses: {
      "batch-size": "a fork's models are asked in the batches of their families",
      preset:
        "what is not given stays as it is in the parent; --max-programs, --beam-width and so on are given one by one",
      start: "a fork begins from what it inherits",
      ...Object.fromEntries(
        ["language", "prompt-examples", "valid-examples", "test-examples", "time-limit", "memory-limit"].map(
          (name) => [name, stays]
        )
      )
    }
  },
  parameters,
  (flags) =>
    continuing(flags, (observe, began) =>
      Effect.gen(function* () {
        const screen = yield* Screen
        const { problem, runId: parent } = yield* (yield* RunCatalogue).find(flags.run)
        const request = {
          parent,
          at: flags.at,
          overrides: overridesOf(flags),
          answers: or(flags.answers, "adopt"),
          label: Option.getOrUndefined(flags.label),
          maxOutage: Duration.millis(or(flags.maxOutage, 20_000)),
          trust: trustOf(flags)
        }
        return yield* fork(request, observe, (runId) => {
          began(runId)
          return screen.note(
            `${screen.paint("bold", `seidr: ${printableLine(problem)}, a fork of ${parent}`)}\n${screen.paint("dim", `run ${runId}`)}`
          )
        })
      })
    )
)

const overridesOf = (flags: Flags): Overrides => {
  const given = {
    drafts: Option.getOrUndefined(flags.draftsPerPrompt),
    explanations: Option.getOrUndefined(flags.explanationsPerProgram),
    repairs: Option.getOrUndefined(flags.repairsPerExplanation),
    beamWidth: Option.getOrUndefined(flags.beamWidth),
    ranking: rankingOf(flags),
    instructions: Option.getOrUndefined(flags.instructions),
    temperature: Option.getOrUndefined(flags.temperatureSchedule),
    maxPrograms: Option.getOrUndefined(flags.maxPrograms),
    seed: Option.getOrUndefined(flags.seed),
    models: modelsOf(flags),
    onMiss: onMissFrom(or(flags.onMiss, ""))
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** `--model` is for all roles, unless one has its own. */
const modelsOf = ({ model, explainModel, debugModel }: Flags): Overrides["models"] => {
  const all = Option.getOrUndefined(model)
  const given = {
    draft: all,
    explain: Option.getOrElse(explainModel, () => all),
    repair: Option.getOrElse(debugModel, () => all)
  }
  return Object.fromEntries(Object.entries(given).filter(([, name]) => name !== undefined))
}

const rankingOf = ({ ranking, tournamentSize }: Flags): Overrides["ranking"] => ({
  ...Option.match(ranking, { onNone: () => ({}), onSome: (kind) => ({ kind }) }),
  ...Option.match(tournamentSize, { onNone: () => ({}), onSome: (size) => ({ size }) })
})

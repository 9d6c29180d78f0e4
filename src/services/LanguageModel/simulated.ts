import { Effect, Either, Schema } from "effect"
import type { Usage } from "../../domain/completion.ts"
import { type Language, languages, TaskLanguage } from "../../domain/language.ts"
import type { Problem } from "../../domain/problem.ts"
import { randomFor } from "../../domain/random.ts"
import type { ModelRequest } from "../../domain/request.ts"
import { type ModelAdapter, ModelMisconfigured, ModelUnavailable } from "../LanguageModel.ts"
import { answerTo } from "./simulated/answer.ts"
import { understand } from "./simulated/knowledge.ts"
import { type Rates, ratesOf } from "./simulated/rates.ts"

/**
 * The embedded model: deterministic, without a key, for trying, testing and studying the search. It knows the built-in
 * problems and answers with near misses; it explains, sometimes wrongly, and repairs, sometimes. Everything it
 * says is drawn from `H(seed, call key, problem, language)`, so that every sample differs, problems differ, and nothing
 * depends on timing.
 */
export const simulated: ModelAdapter = {
  batch: 10,
  check: (model, language, problem) =>
    ratesFor(model).pipe(
      Effect.zipRight(problem === undefined ? Effect.void : knowsProblem(model, problem)),
      Effect.zipRight(language === undefined ? Effect.void : knows(model, language))
    ),
  complete: ({ request, callKey, attempt, seed }) =>
    Effect.gen(function* () {
      const rates = yield* ratesFor(request.model)
      const circumstances = randomFor(seed, "simulated endpoint", callKey, attempt)
      if (rates.latency > 0) yield* Effect.sleep(rates.latency * (0.5 + circumstances.number()))
      if (circumstances.chance(rates.fail)) {
        return yield* new ModelUnavailable({
          model: request.model,
          endpoint: "the simulated endpoint",
          reason: "it fails now and then, as it was told to"
        })
      }
      const understood = understand(request)
      const place = [callKey, understood.task?.name ?? "", understood.language] as const
      const text = answerTo(request.role, understood, rates, randomFor(seed, "simulated answer", ...place))
      return { text, usage: usageOf(request, text), finishReason: "stop", servedBy: "simulated" }
    })
}

const ratesFor = (model: string): Effect.Effect<Rates, ModelMisconfigured> =>
  Either.match(ratesOf(nameOf(model)), {
    onLeft: (reason) =>
      Effect.fail(
        new ModelMisconfigured({
          model,
          reason,
          advice: "Examples: simulated, simulated:hard, simulated:hard?latency=200ms&fail=0.05"
        })
      ),
    onRight: Effect.succeed
  })

/** It answers to any description, but a function that tests call is nothing that it has learned. */
const knowsProblem = (model: string, { check, name }: Problem): Effect.Effect<void, ModelMisconfigured> =>
  check._tag !== "UnitTests"
    ? Effect.void
    : new ModelMisconfigured({
        model,
        reason: `it knows the problems of PSB2 only, and ${name} is none of them`,
        advice: "Choose another model with --model, such as openai:NAME or ollama:NAME"
      })

const knows = (model: string, language: Language): Effect.Effect<void, ModelMisconfigured> =>
  Schema.is(TaskLanguage)(language)
    ? Effect.void
    : new ModelMisconfigured({
        model,
        reason: `it cannot write ${languages[language].title}`,
        advice: `It knows ${TaskLanguage.literals.map((known) => languages[known].title).join(" and ")} only; choose one with --language, or another model with --model`
      })

/** What comes after the family's name: `simulated:hard?…` and `simulated?…` alike. */
const nameOf = (model: string): string => model.replace(/^simulated:?/, "")

/** About four characters make a token. */
const tokensOf = (text: string): number => Math.ceil(text.length / 4)

const usageOf = ({ system, user }: ModelRequest, text: string): Usage => ({
  in: tokensOf(system.join("") + user.join("")),
  out: tokensOf(text)
})

import { Duration, Effect, Either, HashMap, Option, Redacted, Ref, type Scope } from "effect"
import OpenAI from "openai"
import { type ModelAdapter, type ModelCall, ModelMisconfigured } from "../LanguageModel.ts"
import { type Endpoint, parseEndpoint } from "./endpoint.ts"
import { type Asked, meaningOf } from "./httpFailure.ts"
import { parseModelName } from "./modelName.ts"
import { explainOpenai, readOpenaiAnswer } from "./openaiAnswer.ts"
import { type Narrowing, narrower, wholeRequest } from "./openaiNarrowing.ts"
import type { WireProblem } from "./WireFailure.ts"
import { type Exchange, makeWire, type Wire } from "./wire.ts"
import { withoutSecrets } from "./withoutSecrets.ts"

export interface OpenaiOptions {
  readonly apiKey: Option.Option<Redacted.Redacted<string>>
  readonly baseURL: Option.Option<string>
  readonly organization: Option.Option<string>
  /** How long the endpoint may give no byte, before the first and between two. */
  readonly silence: Duration.Duration
}

/** Models behind OpenAI's chat completions, at OpenAI or at any server that speaks them. */
export const openai = (options: OpenaiOptions): Effect.Effect<ModelAdapter, never, Scope.Scope> =>
  Effect.gen(function* () {
    const wire = yield* makeWire(options.silence)
    const narrowings = yield* Ref.make(HashMap.empty<string, Narrowing>())
    return {
      batch: 10,
      exampleName: "gpt-4o-mini",
      complete: Effect.fn("openai.complete")(function* (call: ModelCall) {
        const { model } = call.request
        const endpoint = yield* endpointFor(options, model)
        const asked = askedOf(model, endpoint)
        const known = HashMap.get(yield* Ref.get(narrowings), model)
        let narrowing = Option.getOrElse(known, () => wholeRequest)
        while (true) {
          const answer = yield* Effect.either(ask(wire, options, endpoint, call, narrowing))
          if (Either.isRight(answer)) return withoutSecrets(answer.right, endpoint.secrets)
          const { problem } = answer.left
          const next = narrower(narrowing, problem)
          if (next === undefined) return yield* meaningOf(problem, asked)
          narrowing = next
          if (problem._tag === "Rejected") yield* Ref.update(narrowings, HashMap.set(model, next))
        }
      }),
      check: Effect.fn("openai.check")(function* (model: string) {
        const endpoint = yield* endpointFor(options, model)
        const asked = askedOf(model, endpoint)
        yield* wire
          .exchange({
            headers: headersOf(options, endpoint),
            silence: Duration.min(options.silence, Duration.seconds(10)),
            work: async (exchange) => {
              await clientOf(endpoint, exchange).models.list().asResponse()
            },
            explain: explainOpenai
          })
          .pipe(
            Effect.catchTag("WireFailure", ({ problem }) =>
              saysNothing(problem) ? Effect.void : Effect.asVoid(meaningOf(problem, asked))
            )
          )
      })
    }
  })

/** Many compatible servers have no list of models: a refusal to show it is none to serve them. */
const saysNothing = (problem: WireProblem): boolean =>
  problem._tag === "Reported" ||
  problem._tag === "TooLong" ||
  (problem._tag === "Rejected" &&
    problem.status >= 400 &&
    ![401, 403, 408, 502, 503, 504].includes(problem.status))

const ask = (wire: Wire, options: OpenaiOptions, endpoint: Endpoint, call: ModelCall, narrowing: Narrowing) =>
  wire.exchange({
    headers: { ...headersOf(options, endpoint), "idempotency-key": call.idempotencyKey },
    work: async (exchange) => {
      const { request } = call
      const body = {
        model: parseModelName(request.model).name,
        messages: [
          { role: "system" as const, content: request.system.join("") },
          { role: "user" as const, content: request.user.join("") }
        ],
        ...(narrowing.temperature ? { temperature: request.temperature } : {})
      }
      const client = clientOf(endpoint, exchange)
      const { completions } = client.chat
      const response = narrowing.stream
        ? await completions
            .create({
              ...body,
              stream: true,
              ...(narrowing.usage ? { stream_options: { include_usage: true } } : {})
            })
            .asResponse()
        : await completions.create(body).asResponse()
      return await readOpenaiAnswer(response, client, exchange.controller)
    },
    explain: explainOpenai
  })

/** Everything that the package would else take from the environment is given; it neither repeats requests nor logs. */
const clientOf = (endpoint: Endpoint, { fetch }: Exchange): OpenAI =>
  new OpenAI({
    // The headers are ours (see `Exchange`): the package only insists on having some key.
    apiKey: placeholderKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: endpoint.url,
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    logLevel: "off",
    fetch
  })

const placeholderKey = "no-key"

const headersOf = ({ organization }: OpenaiOptions, { authorization }: Endpoint): Record<string, string> => ({
  authorization: authorization ?? `Bearer ${placeholderKey}`,
  ...Option.match(organization, {
    onNone: () => ({}),
    onSome: (id): Record<string, string> => ({ "openai-organization": id })
  })
})

const endpointFor = (options: OpenaiOptions, model: string): Either.Either<Endpoint, ModelMisconfigured> =>
  Either.gen(function* () {
    const wrong = (reason: string, advice: string) =>
      Either.left(new ModelMisconfigured({ model, reason, advice }))
    if (parseModelName(model).name.trim() === "") {
      return yield* wrong("it names no model", "Write for example openai:gpt-4o-mini")
    }
    const key = Option.getOrElse(Option.map(options.apiKey, Redacted.value), () => "").trim()
    const address = Option.getOrElse(options.baseURL, () => "").trim()
    if (key === "" && address === "") {
      return yield* wrong(
        "there is no key for it",
        "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own that needs none"
      )
    }
    if (!/^[\x21-\x7e]*$/.test(key)) {
      return yield* wrong("the key holds blanks or characters that no key has", "Check OPENAI_API_KEY")
    }
    return yield* parseEndpoint(
      address === "" ? "https://api.openai.com/v1" : address,
      key === "" ? {} : { key }
    ).pipe(Either.orElse((fault) => wrong(`the base URL cannot be used: ${fault}`, "Check OPENAI_BASE_URL")))
  })

const askedOf = (model: string, { url, secrets }: Endpoint): Asked => ({
  model,
  url,
  secrets,
  advice: {
    key: "Check OPENAI_API_KEY",
    noSuchModel: `Check that ${JSON.stringify(parseModelName(model).name)} is the name of a model there`,
    address: "Check OPENAI_BASE_URL (for most servers it ends in /v1)"
  }
})

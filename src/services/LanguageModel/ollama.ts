import { Duration, Effect, Either, type Scope } from "effect"
import { Ollama } from "ollama"
import { hashOf } from "../../domain/hash.ts"
import { type ModelAdapter, type ModelAnswer, type ModelCall, ModelMisconfigured } from "../LanguageModel.ts"
import { AnswerText, reasonOf, usageOf } from "./AnswerText.ts"
import { type Endpoint, parseEndpoint } from "./endpoint.ts"
import { type Asked, meaningOf } from "./httpFailure.ts"
import { jsonLines } from "./jsonLines.ts"
import { member } from "./member.ts"
import { parseModelName } from "./modelName.ts"
import { unreachable, WireFailure } from "./WireFailure.ts"
import { type Exchange, makeWire } from "./wire.ts"
import { withoutSecrets } from "./withoutSecrets.ts"

export interface OllamaOptions {
  /** As in `OLLAMA_HOST`: `http://localhost:11434`, `localhost`, `:11500`. */
  readonly host: string
  /** How long the endpoint may give no byte, before the first and between two. */
  readonly silence: Duration.Duration
}

/** Models that an Ollama server runs. */
export const ollama = (options: OllamaOptions): Effect.Effect<ModelAdapter, never, Scope.Scope> =>
  Effect.map(makeWire(options.silence), (wire) => ({
    batch: 1,
    exampleName: "llama3.1",
    complete: Effect.fn("ollama.complete")(function* (call: ModelCall) {
      const { model } = call.request
      const endpoint = yield* endpointFor(options, model)
      return yield* wire
        .exchange({
          headers: { ...headersOf(endpoint), "idempotency-key": call.idempotencyKey },
          work: (exchange) => chat(clientOf(endpoint, exchange), call),
          explain
        })
        .pipe(
          Effect.catchTag("WireFailure", ({ problem }) => meaningOf(problem, askedOf(model, endpoint))),
          Effect.map((answer) => withoutSecrets(answer, endpoint.secrets))
        )
    }),
    check: Effect.fn("ollama.check")(function* (model: string) {
      const endpoint = yield* endpointFor(options, model)
      yield* wire
        .exchange({
          headers: headersOf(endpoint),
          silence: Duration.min(options.silence, Duration.seconds(10)),
          work: (exchange) => clientOf(endpoint, exchange).show({ model: parseModelName(model).name }),
          explain
        })
        .pipe(Effect.catchTag("WireFailure", ({ problem }) => meaningOf(problem, askedOf(model, endpoint))))
    })
  }))

const chat = async (client: Ollama, { request, seed, callKey }: ModelCall): Promise<ModelAnswer> => {
  const parts: AsyncIterable<unknown> = await client.chat({
    model: parseModelName(request.model).name,
    messages: [
      { role: "system", content: request.system.join("") },
      { role: "user", content: request.user.join("") }
    ],
    stream: true,
    options: { temperature: request.temperature, seed: seedOf(seed, callKey) }
  })
  const text = new AnswerText()
  let last: unknown
  for await (const part of parts) {
    last = part
    const content = member(part, "message", "content")
    if (typeof content === "string" && !text.add(content)) break
  }
  return text.answer(
    reasonOf(member(last, "done_reason")),
    usageOf(member(last, "prompt_eval_count") ?? 0, member(last, "eval_count")),
    member(last, "model")
  )
}

/** A seed for each place of the tree; Ollama's is a signed integer of 32 bits. */
const seedOf = (seed: number, callKey: string): number =>
  Number.parseInt(hashOf(seed, callKey).slice(0, 8), 16) >>> 1

/** What an error means that the package threw: it turns an error inside a stream into its message alone. */
const explain = (error: unknown): WireFailure => {
  if (error instanceof WireFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  return message.startsWith("Did not receive done")
    ? unreachable("the answer broke off before its end")
    : new WireFailure({ problem: { _tag: "Reported", error: { message } } })
}

const clientOf = (endpoint: Endpoint, { fetch }: Exchange): Ollama =>
  new Ollama({
    host: endpoint.url,
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      return String(input).endsWith("/api/chat") ? jsonLines(response) : response
    }
  })

const headersOf = ({ authorization }: Endpoint): Record<string, string> =>
  authorization === undefined ? {} : { authorization }

const endpointFor = (options: OllamaOptions, model: string): Either.Either<Endpoint, ModelMisconfigured> => {
  if (parseModelName(model).name.trim() === "") {
    return Either.left(
      new ModelMisconfigured({
        model,
        reason: "it names no model",
        advice: "Write for example ollama:llama3.1"
      })
    )
  }
  return Either.mapLeft(
    parseEndpoint(options.host, { port: "11434" }),
    (fault) =>
      new ModelMisconfigured({
        model,
        reason: `Ollama's address cannot be used: ${fault}`,
        advice: "Check OLLAMA_HOST or --ollama-url"
      })
  )
}

const askedOf = (model: string, { url, secrets }: Endpoint): Asked => ({
  model,
  url,
  secrets,
  advice: {
    key: "Check the user and password in OLLAMA_HOST or --ollama-url",
    noSuchModel: `Fetch it with: ollama pull ${parseModelName(model).name}`,
    address: "Check OLLAMA_HOST or --ollama-url"
  }
})

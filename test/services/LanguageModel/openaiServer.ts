import type { ServerResponse } from "node:http"
import { Duration, Effect, Option, Redacted } from "effect"
import { openai } from "../../../src/services/LanguageModel/openai.ts"
import { callFor, httpServer, type Received } from "./httpServer.ts"

export const key = "sk-test-0123456789abcdef"

export const optionsFor = (url: string, silence: Duration.DurationInput = "20 seconds") => ({
  apiKey: Option.some(Redacted.make(key)),
  baseURL: Option.some(`${url}/v1`),
  organization: Option.some("org-1"),
  silence: Duration.decode(silence)
})

export const completion = (content: unknown, more: object = {}) => ({
  id: "c",
  object: "chat.completion",
  model: "m-2024",
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
  usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  ...more
})

export const chunk = (content: string | undefined, finish: string | null = null) => ({
  model: "m-2024",
  choices: [{ index: 0, delta: content === undefined ? {} : { content }, finish_reason: finish }]
})

export const events = (...data: ReadonlyArray<unknown>): string =>
  data.map((item) => `data: ${typeof item === "string" ? item : JSON.stringify(item)}\n\n`).join("")

export const stream = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/event-stream" })
}

/** Asks once, at a server that answers by the function. */
export const asking = (
  answer: (response: ServerResponse, request: Received) => void,
  silence?: Duration.DurationInput
) =>
  Effect.gen(function* () {
    const server = yield* httpServer(answer)
    const adapter = yield* openai(optionsFor(server.url, silence))
    return { server, adapter, answer: yield* Effect.either(adapter.complete(callFor("openai:m"))) }
  })

/** The failure of a single request. */
export const failing = (answer: (response: ServerResponse) => void, silence?: Duration.DurationInput) =>
  Effect.flatMap(asking(answer, silence), ({ answer }) => Effect.flip(answer))

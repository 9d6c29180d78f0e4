import type { ServerResponse } from "node:http"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect } from "effect"
import { openai } from "../../../src/services/LanguageModel/openai.ts"
import { callFor, document, httpServer } from "./httpServer.ts"
import { asking, chunk, completion, events, key, optionsFor, stream } from "./openaiServer.ts"

describe("openai, answers", () => {
  it.scopedLive("reads a stream with usage, and sends what was asked", () =>
    Effect.gen(function* () {
      const { server, answer } = yield* asking((response) => {
        stream(response)
        response.end(
          events(
            chunk("def "),
            chunk("f()"),
            chunk(undefined, "stop"),
            { model: "m-2024", choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } },
            "[DONE]"
          )
        )
      })
      expect(yield* answer).toEqual({
        text: "def f()",
        usage: { in: 7, out: 3 },
        finishReason: "stop",
        servedBy: "m-2024"
      })
      const [request] = server.received
      expect(request?.path).toBe("/v1/chat/completions")
      expect(request?.headers).toMatchObject({
        authorization: `Bearer ${key}`,
        "idempotency-key": "run-1-d0",
        "openai-organization": "org-1"
      })
      expect(request?.body).toEqual({
        model: "m",
        messages: [
          { role: "system", content: "You write programs." },
          { role: "user", content: "Double a number." }
        ],
        temperature: 0.25,
        stream: true,
        stream_options: { include_usage: true }
      })
    })
  )

  it.scopedLive("reads a stream cut inside of characters and lines, with comments and line ends of DOS", () =>
    Effect.gen(function* () {
      const { answer } = yield* asking((response) => {
        stream(response)
        const bytes = Buffer.from(
          `: waiting\r\n\r\n${events(chunk("naïve 🚀 "), chunk("Ω", "stop"), "[DONE]").replaceAll("\n", "\r\n")}`
        )
        const send = (at: number): void => {
          if (at >= bytes.length) response.end()
          else response.write(bytes.subarray(at, at + 7), () => setImmediate(() => send(at + 7)))
        }
        send(0)
      })
      expect(yield* answer).toMatchObject({ text: "naïve 🚀 Ω", usage: undefined, finishReason: "stop" })
    })
  )

  it.scopedLive("takes no count of tokens that cannot be true: sums of it could not be written", () =>
    Effect.gen(function* () {
      const usage = { prompt_tokens: Number.MAX_SAFE_INTEGER, completion_tokens: Number.MAX_SAFE_INTEGER }
      const { answer } = yield* asking((response) => document(response, 200, completion("hello", { usage })))
      expect(yield* answer).toMatchObject({ text: "hello", usage: undefined })
    })
  )

  const answers = [
    {
      what: "a document from a server that ignores `stream`",
      send: (response: ServerResponse) => document(response, 200, completion("hello")),
      text: "hello",
      finishReason: "stop"
    },
    {
      what: "a document under a wrong type",
      send: (response: ServerResponse) => response.end(`\n  ${JSON.stringify(completion("hello"))}`),
      text: "hello",
      finishReason: "stop"
    },
    {
      what: "events under a wrong type",
      send: (response: ServerResponse) => {
        response.writeHead(200, { "content-type": "text/plain" })
        response.end(events(chunk("hello", "length"), "[DONE]"))
      },
      text: "hello",
      finishReason: "length"
    },
    {
      what: "events that name no reason to stop but an end",
      send: (response: ServerResponse) => {
        stream(response)
        response.end(events(chunk("hello"), "[DONE]"))
      },
      text: "hello",
      finishReason: "stop"
    },
    {
      what: "content in parts",
      send: (response: ServerResponse) =>
        document(
          response,
          200,
          completion([
            { type: "text", text: "hel" },
            { type: "text", text: "lo" }
          ])
        ),
      text: "hello",
      finishReason: "stop"
    },
    {
      what: "no content",
      send: (response: ServerResponse) => document(response, 200, completion(null)),
      text: "",
      finishReason: "stop"
    },
    {
      what: "a refusal by the model",
      send: (response: ServerResponse) =>
        document(response, 200, {
          choices: [{ message: { content: null, refusal: "I will not." }, finish_reason: "stop" }]
        }),
      text: "I will not.",
      finishReason: "content_filter"
    },
    {
      what: "half an answer that a filter stopped",
      send: (response: ServerResponse) => {
        stream(response)
        response.end(events(chunk("half"), chunk(undefined, "content_filter"), "[DONE]"))
      },
      text: "half",
      finishReason: "content_filter"
    },
    {
      what: "a request that a filter stopped",
      send: (response: ServerResponse) =>
        document(response, 400, { error: { code: "content_filter", message: "The prompt was filtered" } }),
      text: "",
      finishReason: "content_filter"
    },
    ...[400, 413, 422].map((status) => ({
      what: `a prompt that is too long, ${status}`,
      send: (response: ServerResponse) =>
        document(response, status, {
          error: {
            message: "This model's maximum context length is 4096 tokens",
            code: "context_length_exceeded"
          }
        }),
      text: "",
      finishReason: "context_length"
    })),
    {
      what: "half of a surrogate pair",
      send: (response: ServerResponse) => {
        response.end('{"choices":[{"message":{"content":"a\\ud83d"},"finish_reason":"stop"}]}')
      },
      text: "a\uFFFD",
      finishReason: "stop"
    }
  ]
  for (const { what, send, text, finishReason } of answers) {
    it.scopedLive(what, () =>
      Effect.gen(function* () {
        const { answer } = yield* asking(send)
        expect(yield* answer).toMatchObject({ text, finishReason })
      })
    )
  }

  it.scopedLive("ends an endless answer, and the connection with it", () =>
    Effect.gen(function* () {
      const { server, answer } = yield* asking((response) => {
        stream(response)
        const event = events(chunk("x".repeat(10_000)))
        const send = (): void => {
          if (!response.destroyed) response.write(event, () => setImmediate(send))
        }
        send()
      })
      const { text, finishReason } = yield* answer
      expect(text.length).toBe(2 ** 20)
      expect(finishReason).toBe("over_long")
      yield* Deferred.await(server.hungUp)
    })
  )

  it.scopedLive("cuts a document that is too long", () =>
    Effect.gen(function* () {
      const { answer } = yield* asking((response) => document(response, 200, completion("x".repeat(3e6))))
      const { text, finishReason } = yield* answer
      expect(text.length).toBe(2 ** 20)
      expect(finishReason).toBe("over_long")
    })
  )

  it.scopedLive("leaves out what a model or server refuses, and remembers it", () =>
    Effect.gen(function* () {
      const server = yield* httpServer((response, { body }) => {
        const refuse = (param: string | null, message: string) =>
          document(response, 400, { error: { message, type: "invalid_request_error", param, code: null } })
        if ("temperature" in body) refuse("temperature", "Unsupported value: only the default is supported")
        else if ("stream_options" in body) refuse(null, "Unrecognized argument: stream_options")
        else if ("stream" in body)
          document(response, 422, { detail: [{ loc: ["body", "stream"], msg: "no" }] })
        else document(response, 200, completion("hello"))
      })
      const adapter = yield* openai(optionsFor(server.url))
      expect((yield* adapter.complete(callFor("openai:o"))).text).toBe("hello")
      expect(server.received.length).toBe(4)
      expect((yield* adapter.complete(callFor("openai:o"))).text).toBe("hello")
      expect(server.received.length).toBe(5)
      expect(Object.keys(server.received[4]!.body)).toEqual(["model", "messages"])
    })
  )
})

describe("openai, a stream without a byte", () => {
  it.scopedLive("is asked again without a stream, each time", () =>
    Effect.gen(function* () {
      const server = yield* httpServer((response, { body }) => {
        if ("stream" in body) response.writeHead(200, { "content-type": "text/event-stream" }).end()
        else document(response, 400, { error: { message: "Requested tokens exceed context window of 4096" } })
      })
      const adapter = yield* openai(optionsFor(server.url))
      for (const requests of [2, 4]) {
        expect((yield* adapter.complete(callFor("openai:m"))).finishReason).toBe("context_length")
        expect(server.received.length).toBe(requests)
      }
    })
  )
})

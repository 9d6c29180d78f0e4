import type { ServerResponse } from "node:http"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber, Option, Redacted } from "effect"
import { openai } from "../../../src/services/LanguageModel/openai.ts"
import { callFor, document, httpServer, page, type Received, refusedAddress } from "./httpServer.ts"

const key = "sk-test-0123456789abcdef"

const optionsFor = (url: string, silence: Duration.DurationInput = "20 seconds") => ({
  apiKey: Option.some(Redacted.make(key)),
  baseURL: Option.some(`${url}/v1`),
  organization: Option.some("org-1"),
  silence: Duration.decode(silence)
})

const completion = (content: unknown, more: object = {}) => ({
  id: "c",
  object: "chat.completion",
  model: "m-2024",
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
  usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  ...more
})

const chunk = (content: string | undefined, finish: string | null = null) => ({
  model: "m-2024",
  choices: [{ index: 0, delta: content === undefined ? {} : { content }, finish_reason: finish }]
})

const events = (...data: ReadonlyArray<unknown>): string =>
  data.map((item) => `data: ${typeof item === "string" ? item : JSON.stringify(item)}\n\n`).join("")

const stream = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/event-stream" })
}

/** Asks once, at a server that answers by the function. */
const asking = (
  answer: (response: ServerResponse, request: Received) => void,
  silence?: Duration.DurationInput
) =>
  Effect.gen(function* () {
    const server = yield* httpServer(answer)
    const adapter = yield* openai(optionsFor(server.url, silence))
    return { server, adapter, answer: yield* Effect.either(adapter.complete(callFor("openai:m"))) }
  })

/** The failure of a single request. */
const failing = (answer: (response: ServerResponse) => void, silence?: Duration.DurationInput) =>
  Effect.flatMap(asking(answer, silence), ({ answer }) => Effect.flip(answer))

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

describe("openai, failures", () => {
  const rows = [
    { status: 401, message: "Incorrect API key provided", tag: "ModelRefused", says: "OPENAI_API_KEY" },
    { status: 403, message: "Forbidden", tag: "ModelRefused", says: "OPENAI_API_KEY" },
    {
      status: 404,
      message: "The model `m` does not exist",
      tag: "ModelRefused",
      says: 'that "m" is the name'
    },
    { status: 404, message: "Not Found", tag: "ModelRefused", says: "OPENAI_BASE_URL" },
    { status: 400, message: "unknown field", tag: "ModelRefused", says: "unknown field" },
    { status: 402, message: "pay first", tag: "ModelRefused", says: "pay first" },
    { status: 408, message: "timeout", tag: "ModelUnavailable", says: "status 408: timeout" },
    { status: 409, message: "conflict", tag: "ModelUnavailable", says: "status 409" },
    { status: 429, message: "slow down", tag: "ModelUnavailable", says: "slow down" },
    { status: 500, message: "oops", tag: "ModelUnavailable", says: "status 500: oops" },
    { status: 503, message: "Loading model", tag: "ModelUnavailable", says: "Loading model" }
  ]
  for (const { status, message, tag, says } of rows) {
    for (const body of [{ error: { message, code: null } }, { error: message }, { detail: message }]) {
      it.scopedLive(`status ${status} as ${JSON.stringify(body)}`, () =>
        Effect.gen(function* () {
          const error = yield* failing((response) => document(response, status, body))
          expect(error._tag).toBe(tag)
          expect(error.message).toContain(says)
          expect(error.message).toContain("openai:m: http://127.0.0.1:")
        })
      )
    }
  }

  it.scopedLive("an account without money is refused, not waited for", () =>
    Effect.gen(function* () {
      const error = yield* failing((response) =>
        document(response, 429, { error: { message: "You exceeded your quota", code: "insufficient_quota" } })
      )
      expect(error._tag).toBe("ModelRefused")
    })
  )

  it.scopedLive("keeps how long to wait", () =>
    Effect.gen(function* () {
      const error = yield* failing((response) => {
        response.setHeader("retry-after", "20")
        document(response, 429, { error: { message: "slow down" } })
      })
      expect(error).toMatchObject({ _tag: "ModelUnavailable", retryAfterMs: 20_000 })
    })
  )

  for (const status of [200, 404]) {
    it.scopedLive(`a web page with status ${status}`, () =>
      Effect.gen(function* () {
        const error = yield* failing((response) => page(response, status))
        expect(error._tag).toBe("ModelRefused")
        expect(error.message).toContain("answered with a web page, not a model's API")
        expect(error.message).toContain("Check OPENAI_BASE_URL")
      })
    )
  }

  it.scopedLive("a web page of a gateway that fails", () =>
    Effect.gen(function* () {
      const error = yield* failing((response) => page(response, 502))
      expect(error._tag).toBe("ModelUnavailable")
      expect(error.message).toContain("status 502: Welcome to nginx")
    })
  )

  it.scopedLive("a redirection is not followed", () =>
    Effect.gen(function* () {
      const error = yield* failing((response) => {
        response.writeHead(308, { location: "https://elsewhere.example/v1" }).end()
      })
      expect(error._tag).toBe("ModelRefused")
      expect(error.message).toContain("https://elsewhere.example/v1")
    })
  )

  it.scopedLive("plain text, other JSON, broken JSON, broken events", () =>
    Effect.gen(function* () {
      for (const body of ["it works!", '{"hello": 1}', '{"choices": [', "data: {oops\n\n"]) {
        const error = yield* failing((response) => response.end(body))
        expect(error.message).toContain("Check OPENAI_BASE_URL")
        expect(error._tag).toBe("ModelRefused")
      }
    })
  )

  it.scopedLive("an error inside of a success", () =>
    Effect.gen(function* () {
      const inStream = yield* failing((response) => {
        stream(response)
        response.end(events(chunk("half"), { error: { message: "overloaded", code: 502 } }))
      })
      expect(inStream).toMatchObject({ _tag: "ModelUnavailable", reason: "status 502: overloaded" })
      const inDocument = yield* failing((response) =>
        document(response, 200, { error: { message: "no credits", code: 402 } })
      )
      expect(inDocument).toMatchObject({ _tag: "ModelRefused", reason: "status 402: no credits" })
    })
  )

  it.scopedLive("silence before the headers", () =>
    Effect.gen(function* () {
      const { server, answer } = yield* asking(() => {}, "200 millis")
      const error = yield* Effect.flip(answer)
      expect(error._tag).toBe("ModelUnavailable")
      expect(error.message).toMatch(/openai:m: http:\/\/127.*\/v1 is not available: nothing came for 200ms/)
      yield* Deferred.await(server.hungUp)
    })
  )

  it.scopedLive("silence in the middle of an answer", () =>
    Effect.gen(function* () {
      const { server, answer } = yield* asking((response) => {
        stream(response)
        response.write(events(chunk("half")))
      }, "200 millis")
      expect((yield* Effect.flip(answer)).message).toContain("nothing came for 200ms")
      yield* Deferred.await(server.hungUp)
    })
  )

  it.scopedLive("a slow answer is no silent one", () =>
    Effect.gen(function* () {
      const { answer } = yield* asking((response) => {
        stream(response)
        let left = 10
        const send = (): void => {
          left -= 1
          response.write(events(chunk("x", left === 0 ? "stop" : null)))
          if (left === 0) response.end(events("[DONE]"))
          else setTimeout(send, 300)
        }
        send()
      }, "2 seconds")
      expect((yield* answer).text).toBe("xxxxxxxxxx")
    })
  )

  it.scopedLive("a port at which nothing listens", () =>
    Effect.gen(function* () {
      const adapter = yield* openai(optionsFor(yield* refusedAddress))
      const error = yield* Effect.flip(adapter.complete(callFor("openai:m")))
      expect(error._tag).toBe("ModelUnavailable")
      expect(error.message).toContain("the connection was refused")
    })
  )

  it.scopedLive("a connection that breaks, and one that ends too early", () =>
    Effect.gen(function* () {
      const broken = yield* failing((response) => {
        stream(response)
        response.write(events(chunk("half")), () => response.destroy())
      })
      expect(broken._tag).toBe("ModelUnavailable")
      const ended = yield* failing((response) => {
        stream(response)
        response.end(events(chunk("half")))
      })
      expect(ended).toMatchObject({ _tag: "ModelUnavailable", reason: "the answer broke off before its end" })
      const empty = yield* failing((response) => response.end())
      expect(empty._tag).toBe("ModelUnavailable")
    })
  )

  it.scopedLive("never shows the key, nor control characters, nor a whole body", () =>
    Effect.gen(function* () {
      const echo = `the key ${key} \u001b[31mis\u0000 wrong ${"very ".repeat(10_000)}`
      for (const body of [{ error: { message: echo } }, { error: echo }, { detail: [{ input: echo }] }]) {
        const error = yield* failing((response) => document(response, 401, body))
        expect(error.message).not.toContain(key)
        expect(JSON.stringify(error)).not.toContain(key)
        expect(error.message).not.toMatch(/[\u0000-\u001f]/)
        expect(error.message.length).toBeLessThan(500)
      }
      const plain = yield* failing((response) => {
        response.writeHead(401).end(`Bearer ${key}`)
      })
      expect(plain.message).not.toContain(key)
    })
  )

  it.scopedLive("interruption closes the connection", () =>
    Effect.gen(function* () {
      const server = yield* httpServer((response) => {
        stream(response)
        response.write(events(chunk("half")))
      })
      const adapter = yield* openai(optionsFor(server.url))
      const fiber = yield* Effect.fork(adapter.complete(callFor("openai:m")))
      yield* Deferred.await(server.asked)
      yield* Fiber.interrupt(fiber)
      yield* Deferred.await(server.hungUp)
    })
  )
})

describe("openai, settings", () => {
  it.scopedLive("a missing key is named, unless the server is one's own", () =>
    Effect.gen(function* () {
      const none = { apiKey: Option.none(), organization: Option.none(), silence: Duration.seconds(20) }
      const hosted = yield* openai({ ...none, baseURL: Option.none() })
      const error = yield* Effect.flip(hosted.complete(callFor("openai:m")))
      expect(error._tag).toBe("ModelMisconfigured")
      expect(error.message).toContain("OPENAI_API_KEY")
      const server = yield* httpServer((response) => document(response, 200, completion("hello")))
      const own = yield* openai({ ...none, baseURL: Option.some(`${server.url}/v1/`) })
      expect((yield* own.complete(callFor("openai:m"))).text).toBe("hello")
      expect(server.received[0]?.headers.authorization).toBe("Bearer no-key")
      expect(server.received[0]?.path).toBe("/v1/chat/completions")
    })
  )

  it.scopedLive("a wrong address, a wrong key, no name", () =>
    Effect.gen(function* () {
      const wrong = [
        { ...optionsFor("ftp://127.0.0.1"), says: "OPENAI_BASE_URL" },
        { ...optionsFor("http://[oops"), says: "OPENAI_BASE_URL" },
        {
          ...optionsFor("http://x"),
          apiKey: Option.some(Redacted.make("two\nlines")),
          says: "OPENAI_API_KEY"
        }
      ]
      for (const { says, ...options } of wrong) {
        const adapter = yield* openai(options)
        const error = yield* Effect.flip(adapter.complete(callFor("openai:m")))
        expect(error._tag).toBe("ModelMisconfigured")
        expect(error.message).toContain(says)
      }
      const adapter = yield* openai(optionsFor("http://x"))
      expect((yield* Effect.flip(adapter.complete(callFor("openai:"))))._tag).toBe("ModelMisconfigured")
    })
  )

  it.scopedLive("credentials in an address are sent, not shown", () =>
    Effect.gen(function* () {
      const server = yield* httpServer((response) =>
        document(response, 500, { error: "user:pass%20word said no" })
      )
      const adapter = yield* openai({
        ...optionsFor(server.url.replace("//", "//user:pass%20word@")),
        apiKey: Option.none()
      })
      const error = yield* Effect.flip(adapter.complete(callFor("openai:m")))
      expect(error.message).not.toMatch(/pass.*word/)
      expect(server.received[0]?.headers.authorization).toBe(`Basic ${btoa("user:pass word")}`)
    })
  )

  it.scopedLive("what the environment says to the package is not heard", () =>
    Effect.gen(function* () {
      const strays = {
        OPENAI_CUSTOM_HEADERS: "Authorization: Bearer stray\nX-Stray: 1",
        OPENAI_PROJECT_ID: "stray",
        OPENAI_ORG_ID: "stray",
        OPENAI_BASE_URL: "http://127.0.0.1:1",
        OPENAI_LOG: "debug"
      }
      yield* Effect.acquireRelease(
        Effect.sync(() => Object.assign(process.env, strays)),
        () =>
          Effect.sync(() => {
            for (const name of Object.keys(strays)) delete process.env[name]
          })
      )
      const { server, answer } = yield* asking((response) => document(response, 200, completion("hello")))
      expect((yield* answer).text).toBe("hello")
      expect(JSON.stringify(server.received[0]?.headers)).not.toMatch(/stray/i)
    })
  )
})

describe("openai, check", () => {
  const rows = [
    {
      what: "a list",
      send: (response: ServerResponse) => document(response, 200, { data: [] }),
      tag: "none"
    },
    {
      what: "404",
      send: (response: ServerResponse) => document(response, 404, { detail: "Not Found" }),
      tag: "none"
    },
    { what: "405", send: (response: ServerResponse) => document(response, 405, {}), tag: "none" },
    { what: "501", send: (response: ServerResponse) => document(response, 501, {}), tag: "none" },
    { what: "401", send: (response: ServerResponse) => document(response, 401, {}), tag: "ModelRefused" },
    { what: "403", send: (response: ServerResponse) => document(response, 403, {}), tag: "ModelRefused" },
    { what: "503", send: (response: ServerResponse) => document(response, 503, {}), tag: "ModelUnavailable" },
    { what: "a page", send: (response: ServerResponse) => page(response, 200), tag: "ModelRefused" },
    { what: "silence", send: () => {}, tag: "ModelUnavailable" }
  ]
  for (const { what, send, tag } of rows) {
    it.scopedLive(what, () =>
      Effect.gen(function* () {
        const server = yield* httpServer(send)
        const adapter = yield* openai(optionsFor(server.url, "300 millis"))
        const found = yield* Effect.match(adapter.check("openai:m"), {
          onFailure: ({ _tag }) => _tag as string,
          onSuccess: () => "none"
        })
        expect(found).toBe(tag)
        expect(server.received[0]?.path).toBe("/v1/models")
      })
    )
  }

  it.scopedLive("a port at which nothing listens", () =>
    Effect.gen(function* () {
      const adapter = yield* openai(optionsFor(yield* refusedAddress))
      expect((yield* Effect.flip(adapter.check("openai:m")))._tag).toBe("ModelUnavailable")
    })
  )
})

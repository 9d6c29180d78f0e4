import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { openai } from "../../../src/services/LanguageModel/openai.ts"
import { callFor, document, httpServer, page, refusedAddress } from "./httpServer.ts"
import { asking, chunk, events, failing, key, optionsFor, stream } from "./openaiServer.ts"

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

import type { ServerResponse } from "node:http"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber } from "effect"
import { vi } from "vitest"
import { ollama } from "../../../src/services/LanguageModel/ollama.ts"
import { callFor, document, httpServer, page, type Received, refusedAddress } from "./httpServer.ts"

const part = (content: string) => ({
  model: "m:latest",
  message: { role: "assistant", content },
  done: false
})
const last = {
  model: "m:latest",
  message: { role: "assistant", content: "" },
  done: true,
  done_reason: "stop",
  prompt_eval_count: 7,
  eval_count: 3
}

const lines = (...parts: ReadonlyArray<unknown>): string =>
  parts.map((it) => `${JSON.stringify(it)}\n`).join("")

const asking = (
  answer: (response: ServerResponse, request: Received) => void,
  silence: Duration.DurationInput = "20 seconds"
) =>
  Effect.gen(function* () {
    const server = yield* httpServer(answer)
    const adapter = yield* ollama({ host: server.url, silence: Duration.decode(silence) })
    return { server, adapter, answer: yield* Effect.either(adapter.complete(callFor("ollama:m"))) }
  })

const failing = (answer: (response: ServerResponse) => void, silence?: Duration.DurationInput) =>
  Effect.flatMap(asking(answer, silence), ({ answer }) => Effect.flip(answer))

describe("ollama", () => {
  it.scopedLive("reads a stream cut inside of characters and lines, and sends what was asked", () =>
    Effect.gen(function* () {
      const { server, answer } = yield* asking((response) => {
        response.writeHead(200, { "content-type": "application/x-ndjson" })
        const bytes = Buffer.from(lines(part("naïve "), part("🚀"), last))
        const send = (at: number): void => {
          if (at >= bytes.length) response.end()
          else response.write(bytes.subarray(at, at + 5), () => setImmediate(() => send(at + 5)))
        }
        send(0)
      })
      expect(yield* answer).toEqual({
        text: "naïve 🚀",
        usage: { in: 7, out: 3 },
        finishReason: "stop",
        servedBy: "m:latest"
      })
      const [request] = server.received
      expect(request?.path).toBe("/api/chat")
      expect(request?.headers["idempotency-key"]).toBe("run-1-d0")
      expect(request?.body).toMatchObject({
        model: "m",
        messages: [
          { role: "system", content: "You write programs." },
          { role: "user", content: "Double a number." }
        ],
        stream: true,
        options: { temperature: 0.25 }
      })
    })
  )

  it.scopedLive("a seed is a function of the run's seed and the place, in 31 bits", () =>
    Effect.gen(function* () {
      const { server, adapter } = yield* asking((response) => response.end(lines(last)))
      yield* adapter.complete(callFor("ollama:m"))
      yield* adapter.complete({ ...callFor("ollama:m"), callKey: "d1" })
      yield* adapter.complete({ ...callFor("ollama:m"), seed: 43 })
      const seeds = server.received.map(({ body }) => (body["options"] as { readonly seed: number }).seed)
      expect(seeds[0]).toBe(seeds[1])
      expect(new Set(seeds).size).toBe(3)
      for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true)
    })
  )

  const answers = [
    {
      what: "one document",
      body: lines({ ...last, message: { content: "hi" } }),
      text: "hi",
      reason: "stop"
    },
    { what: "empty lines", body: `\n${lines(part("hi"))}\n\n${lines(last)}\n`, text: "hi", reason: "stop" },
    {
      what: "a last line without an end",
      body: lines(part("hi"), last).trimEnd(),
      text: "hi",
      reason: "stop"
    },
    {
      what: "the limit of length",
      body: lines(part("hi"), { ...last, done_reason: "length" }),
      text: "hi",
      reason: "length"
    },
    {
      what: "thoughts apart from the answer",
      body: lines({ message: { content: "", thinking: "hm" } }, part("hi"), last),
      text: "hi",
      reason: "stop"
    }
  ]
  for (const { what, body, text, reason } of answers) {
    it.scopedLive(what, () =>
      Effect.gen(function* () {
        const { answer } = yield* asking((response) => response.end(body))
        expect(yield* answer).toMatchObject({ text, finishReason: reason })
      })
    )
  }

  it.scopedLive("no usage", () =>
    Effect.gen(function* () {
      const { answer } = yield* asking((response) => response.end(lines(part("hi"), { done: true })))
      expect((yield* answer).usage).toBeUndefined()
    })
  )

  it.scopedLive("ends an endless answer, and the connection with it", () =>
    Effect.gen(function* () {
      const { server, answer } = yield* asking((response) => {
        const line = lines(part("x".repeat(10_000)))
        const send = (): void => {
          if (!response.destroyed) response.write(line, () => setImmediate(send))
        }
        send()
      })
      const { text, finishReason } = yield* answer
      expect(text.length).toBe(2 ** 20)
      expect(finishReason).toBe("over_long")
      yield* Deferred.await(server.hungUp)
    })
  )

  const failures = [
    {
      what: "an unknown model",
      send: (response: ServerResponse) =>
        document(response, 404, { error: 'model "m" not found, try pulling it first' }),
      tag: "ModelRefused",
      says: "ollama pull m"
    },
    {
      what: "another path",
      send: (response: ServerResponse) => document(response, 404, { detail: "Not Found" }),
      tag: "ModelRefused",
      says: "--ollama-url"
    },
    {
      what: "a page",
      send: (response: ServerResponse) => page(response, 200),
      tag: "ModelRefused",
      says: "web page"
    },
    {
      what: "a model that cannot be loaded",
      send: (response: ServerResponse) =>
        document(response, 500, { error: "model requires more system memory" }),
      tag: "ModelUnavailable",
      says: "more system memory"
    },
    {
      what: "an error in the stream",
      send: (response: ServerResponse) =>
        response.end(lines(part("half"), { error: "the runner has stopped" })),
      tag: "ModelUnavailable",
      says: "the runner has stopped"
    },
    {
      what: "an end too early",
      send: (response: ServerResponse) => response.end(lines(part("half"))),
      tag: "ModelUnavailable",
      says: "broke off"
    },
    {
      what: "a connection that breaks",
      send: (response: ServerResponse) => response.write(lines(part("half")), () => response.destroy()),
      tag: "ModelUnavailable",
      says: "the connection was closed"
    },
    {
      what: "lines that are not JSON",
      send: (response: ServerResponse) => response.end(`${lines(part("half"))}oops\n`),
      tag: "ModelRefused",
      says: "not lines of JSON"
    },
    {
      what: "events in place of lines",
      send: (response: ServerResponse) => response.end(`data: ${lines(part("half"))}\n`),
      tag: "ModelRefused",
      says: "not lines of JSON"
    },
    {
      what: "a plain page of an old server",
      send: (response: ServerResponse) => response.writeHead(401, { "content-type": "text/plain" }).end("no"),
      tag: "ModelRefused",
      says: "status 401: no"
    }
  ]
  for (const { what, send, tag, says } of failures) {
    it.scopedLive(what, () =>
      Effect.gen(function* () {
        const written = [vi.spyOn(console, "log"), vi.spyOn(console, "warn"), vi.spyOn(console, "error")]
        const error = yield* failing(send)
        expect(error._tag).toBe(tag)
        expect(error.message).toContain(says)
        // The package reports what it does not understand on the console, in the middle of our output.
        for (const spy of written) expect(spy).not.toHaveBeenCalled()
      })
    )
  }

  it.scopedLive("silence before the headers and in the middle of an answer", () =>
    Effect.gen(function* () {
      const before = yield* asking(() => {}, "200 millis")
      expect((yield* Effect.flip(before.answer)).message).toContain("nothing came for 200ms")
      yield* Deferred.await(before.server.hungUp)
      const within = yield* asking((response) => response.write(lines(part("half"))), "200 millis")
      expect((yield* Effect.flip(within.answer)).message).toContain("nothing came for 200ms")
      yield* Deferred.await(within.server.hungUp)
    })
  )

  it.scopedLive("a port at which nothing listens", () =>
    Effect.gen(function* () {
      const adapter = yield* ollama({ host: yield* refusedAddress, silence: Duration.seconds(20) })
      for (const ask of [adapter.complete(callFor("ollama:m")), adapter.check("ollama:m")]) {
        const error = yield* Effect.flip(ask)
        expect(error._tag).toBe("ModelUnavailable")
        expect(error.message).toContain("the connection was refused")
      }
    })
  )

  it.scopedLive("interruption closes the connection, before and after the headers", () =>
    Effect.gen(function* () {
      for (const answer of [() => {}, (response: ServerResponse) => response.write(lines(part("half")))]) {
        const server = yield* httpServer(answer)
        const adapter = yield* ollama({ host: server.url, silence: Duration.seconds(20) })
        const fiber = yield* Effect.fork(adapter.complete(callFor("ollama:m")))
        yield* Deferred.await(server.asked)
        yield* Fiber.interrupt(fiber)
        yield* Deferred.await(server.hungUp)
      }
    })
  )

  it.scopedLive("an address may leave out the protocol; a wrong one is refused", () =>
    Effect.gen(function* () {
      const server = yield* httpServer((response) => response.end(lines(part("hi"), last)))
      const silence = Duration.seconds(20)
      for (const host of [server.url.slice("http://".length), `${server.url}/`]) {
        const adapter = yield* ollama({ host, silence })
        expect((yield* adapter.complete(callFor("ollama:m"))).text).toBe("hi")
      }
      const adapter = yield* ollama({ host: "http://[oops", silence })
      const error = yield* Effect.flip(adapter.complete(callFor("ollama:m")))
      expect(error._tag).toBe("ModelMisconfigured")
      expect(error.message).toContain("OLLAMA_HOST")
    })
  )

  const checks = [
    {
      what: "a known model",
      send: (response: ServerResponse) => document(response, 200, { details: {} }),
      says: ""
    },
    {
      what: "an unknown model",
      send: (response: ServerResponse) => document(response, 404, { error: "model 'm' not found" }),
      says: "ollama pull m"
    },
    { what: "a page", send: (response: ServerResponse) => page(response, 404), says: "web page" },
    { what: "silence", send: () => {}, says: "nothing came for 300ms" }
  ]
  for (const { what, send, says } of checks) {
    it.scopedLive(`checks: ${what}`, () =>
      Effect.gen(function* () {
        const server = yield* httpServer(send)
        const adapter = yield* ollama({ host: server.url, silence: Duration.millis(300) })
        const found = yield* Effect.match(adapter.check("ollama:m"), {
          onFailure: ({ message }) => message,
          onSuccess: () => ""
        })
        expect(says === "" ? found === "" : found.includes(says)).toBe(true)
        expect(server.received[0]).toMatchObject({ path: "/api/show", body: { model: "m" } })
      })
    )
  }
})

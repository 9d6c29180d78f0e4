import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect } from "effect"
import { callFor } from "./httpServer.ts"
import { asking, last, lines, part } from "./ollamaServer.ts"

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
})

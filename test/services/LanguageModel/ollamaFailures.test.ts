import type { ServerResponse } from "node:http"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber } from "effect"
import { vi } from "vitest"
import { ollama } from "../../../src/services/LanguageModel/ollama.ts"
import { callFor, document, httpServer, page, refusedAddress } from "./httpServer.ts"
import { asking, failing, last, lines, part } from "./ollamaServer.ts"

describe("ollama, where it has no answer to give", () => {
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

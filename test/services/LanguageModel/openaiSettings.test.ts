import type { ServerResponse } from "node:http"
import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Option, Redacted } from "effect"
import { openai } from "../../../src/services/LanguageModel/openai.ts"
import { callFor, document, httpServer, page, refusedAddress } from "./httpServer.ts"
import { asking, completion, optionsFor } from "./openaiServer.ts"

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

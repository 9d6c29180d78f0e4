import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { Deferred, Effect, type Scope } from "effect"
import { byLines } from "../../../src/domain/check.ts"
import { exactly } from "../../../src/domain/comparison.ts"
import { NodeId } from "../../../src/domain/ids.ts"
import type { Problem } from "../../../src/domain/problem.ts"
import type { ModelCall } from "../../../src/services/LanguageModel.ts"

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

export interface HttpServer {
  readonly url: string
  readonly received: ReadonlyArray<Received>
  /** Done when a client has closed its connection before the answer was complete. */
  readonly hungUp: Deferred.Deferred<void>
  /** Done when the first request has come. */
  readonly asked: Deferred.Deferred<void>
}

/** A real server on this machine that answers by a function, and ends with the scope. */
export const httpServer = (
  answer: (response: ServerResponse, request: Received) => void
): Effect.Effect<HttpServer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const received: Array<Received> = []
    const hungUp = yield* Deferred.make<void>()
    const asked = yield* Deferred.make<void>()
    const server = createServer((request, response) => {
      const parts: Array<Buffer> = []
      request.on("data", (part: Buffer) => parts.push(part))
      request.on("end", () => {
        const text = Buffer.concat(parts).toString()
        const one: Received = {
          method: request.method ?? "",
          path: request.url ?? "",
          headers: request.headers,
          body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>)
        }
        received.push(one)
        Deferred.unsafeDone(asked, Effect.void)
        response.on("close", () => {
          if (!response.writableFinished) Deferred.unsafeDone(hungUp, Effect.void)
        })
        answer(response, one)
      })
    })
    yield* Effect.acquireRelease(
      Effect.async<void>((resume) => {
        server.listen(0, "127.0.0.1", () => resume(Effect.void))
      }),
      () =>
        Effect.async<void>((resume) => {
          server.close(() => resume(Effect.void))
          server.closeAllConnections()
        })
    )
    const { port } = server.address() as AddressInfo
    return { url: `http://127.0.0.1:${port}`, received, hungUp, asked }
  })

/** An address at which nothing listens. */
export const refusedAddress: Effect.Effect<string> = Effect.scoped(
  Effect.map(
    httpServer(() => {}),
    ({ url }) => url
  )
)

/** Ends an answer with a document. */
export const document = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" })
  response.end(JSON.stringify(body))
}

export const page = (response: ServerResponse, status: number): void => {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" })
  response.end("<!doctype html><html><head><title>Welcome to nginx</title></head><body>Hi</body></html>")
}

export const double: Problem = {
  name: "double",
  description: "Double a number.",
  check: byLines(exactly),
  promptExamples: 0,
  validation: [{ input: "1\n", output: "2\n" }],
  origin: { dataset: "test" }
}

export const callFor = (model: string, changes: Partial<ModelCall["request"]> = {}): ModelCall => ({
  request: {
    model,
    role: "draft",
    system: ["You write ", "programs."],
    user: ["Double ", "a number."],
    temperature: 0.25,
    ...changes
  },
  callKey: "d0",
  attempt: 1,
  idempotencyKey: "run-1-d0",
  seed: 42,
  asker: { place: NodeId.make("d0"), program: null, language: "python", problem: double }
})

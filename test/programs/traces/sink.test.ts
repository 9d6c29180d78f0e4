import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { dirname } from "node:path"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, Layer } from "effect"
import { tracesFrom } from "../../../src/programs/traces/settings.ts"
import { tracesSink } from "../../../src/programs/traces/sink.ts"
import { Notices } from "../../../src/services/Notices.ts"
import { Sinks } from "../../../src/services/Sinks.ts"
import { layer as layerOtlp } from "../../../src/services/Traces/otlp.ts"
import type { Oracle } from "../../support/oracle.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { only } from "../../support/stepsLeft.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const oracle: Oracle = { seed: 5, cases: 3, skill: 0.3, silence: 0.1 }
const settings = { ...published, drafts: 2, explanations: 1, repairs: 2, beamWidth: 2, maxPrograms: 8 }
const secret = "not to be seen"

interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: ReadonlyArray<{
    readonly key: string
    readonly value: Readonly<Record<string, unknown>>
  }>
}

/** A collector that keeps what it is posted, and answers with a status. */
const collector = (status: number) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const bodies: Array<string> = []
      const requests: Array<{ readonly url: string | undefined; readonly key: unknown }> = []
      const server = createServer((request, response) => {
        let body = ""
        request.on("data", (part) => {
          body += String(part)
        })
        request.on("end", () => {
          bodies.push(body)
          requests.push({ url: request.url, key: request.headers["x-key"] })
          response.writeHead(status, { "content-type": "application/json" }).end("{}")
        })
      })
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
      const spans = () =>
        bodies.flatMap(
          (body) =>
            (
              JSON.parse(body) as {
                readonly resourceSpans: ReadonlyArray<{
                  readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<OtlpSpan> }>
                }>
              }
            ).resourceSpans[0]!.scopeSpans[0]!.spans
        )
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      return { bodies, requests, server, spans, url }
    }),
    ({ server }) =>
      Effect.promise(
        () =>
          new Promise((resolve) => {
            server.close(() => resolve(undefined))
            server.closeAllConnections()
          })
      )
  )

/** Solves, with traces as the environment says; what was said on the side comes with it. */
const solving = (environment: Readonly<Record<string, string>>, maxPrograms = settings.maxPrograms) =>
  Effect.gen(function* () {
    const database = yield* temporaryLog
    const said: Array<string> = []
    const traces = tracesFrom(environment)
    const resource = { service: traces?.service ?? "", version: "0" }
    const sinks =
      traces === undefined
        ? Layer.empty
        : Layer.scoped(
            Sinks,
            // However busy the machine is.
            Effect.map(tracesSink(Duration.minutes(3)), (sink) => [sink])
          ).pipe(
            Layer.provide(layerOtlp({ ...traces, resource })),
            Layer.provide(FetchHttpClient.layer),
            Layer.provide(Layer.succeed(Notices, { say: (line) => Effect.sync(() => void said.push(line)) }))
          )
    const base = searching({ database, model: oracleModel(oracle) })
    const solved = yield* Effect.provide(
      solveAndReplay(preparedIn({ settings: { ...settings, maxPrograms }, oracle })),
      Layer.provideMerge(sinks, base)
    )
    return { ...solved, said, folder: dirname(database) }
  })

describe("traces", () => {
  it.scopedLive("show a run, its generations, its nodes and in them the five services", () =>
    Effect.gen(function* () {
      const { bodies, requests, spans, url } = yield* collector(200)
      const { events, result, said } = yield* solving({
        OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/`,
        OTEL_EXPORTER_OTLP_HEADERS: `x-key=${encodeURIComponent(secret)}, other=1`,
        OTEL_SERVICE_NAME: "a service"
      })
      expect(said).toEqual([])
      expect(requests[0]).toEqual({ url: "/v1/traces", key: secret })
      expect(bodies.join()).toContain('{"key":"service.name","value":{"stringValue":"a service"}}')
      const all = spans()
      const byId = new Map(all.map((span) => [span.spanId, span]))
      expect(byId.size).toBe(all.length)
      expect(new Set(all.map(({ traceId }) => traceId)).size).toBe(1)
      expect(
        all.every(({ spanId, traceId }) => /^[0-9a-f]{16}$/.test(spanId) && /^[0-9a-f]{32}$/.test(traceId))
      ).toBe(true)
      const parents: Record<string, Set<string | undefined>> = {}
      for (const { name, parentSpanId, startTimeUnixNano, endTimeUnixNano } of all) {
        const parent = parentSpanId === undefined ? undefined : byId.get(parentSpanId)
        parents[name] = new Set([...(parents[name] ?? []), parent?.name])
        expect(BigInt(startTimeUnixNano)).toBeLessThanOrEqual(BigInt(endTimeUnixNano))
      }
      expect(parents).toEqual({
        run: new Set([undefined]),
        generation: new Set(["run"]),
        node: new Set(["generation"]),
        Synthesize: new Set(["node"]),
        Instruct: new Set(["generation"]),
        Debug: new Set(["node"]),
        Execute: new Set(["node"]),
        Rank: new Set(["generation"]),
        "Execute.hidden": new Set(["run"])
      })
      const count = (name: string) => all.filter((span) => span.name === name).length
      const calls = count("Synthesize") + count("Instruct") + count("Debug")
      expect(calls).toBe(only(events, "CompletionReceived").length)
      expect(count("Execute")).toBe(only(events, "ProgramEvaluated").length)
      expect(count("Rank")).toBe(only(events, "GenerationRanked").length)
      const asked = all.find(({ name }) => name === "Debug")!
      const attributes = Object.fromEntries(
        asked.attributes.map(({ key, value }) => [key, Object.values(value)[0]])
      )
      expect(attributes).toMatchObject({
        "seidr.role": "repair",
        "gen_ai.request.model": "scripted",
        "gen_ai.usage.input_tokens": "3",
        "gen_ai.usage.output_tokens": "2"
      })
      const outcome = all.find(({ name }) => name === "run")!.attributes
      expect(outcome).toContainEqual({ key: "seidr.digest", value: { stringValue: result.digest } })
      // The best program, the description that every prompt holds, and the key.
      for (const text of [result.best.program!, "Print the input", secret]) {
        expect(bodies.join()).not.toContain(JSON.stringify(text).slice(1, -1))
      }
    })
  )

  it.scopedLive("that nobody takes change nothing, and are spoken of once", () =>
    Effect.gen(function* () {
      const plain = yield* solving({}, 2)
      const refusing = yield* collector(503)
      for (const url of [refusing.url, "http://127.0.0.1:9"]) {
        const { result, said } = yield* solving({ OTEL_EXPORTER_OTLP_ENDPOINT: url }, 2)
        expect(result.digest).toBe(plain.result.digest)
        expect(said).toHaveLength(1)
        expect(said[0]).toMatch(/^no traces reach 127\.0\.0\.1:\d+ \(OTEL_EXPORTER_OTLP_ENDPOINT\): /)
      }
    })
  )

  it("go where the variables say", () => {
    const at = (environment: Record<string, string>) => tracesFrom(environment)?.url
    expect(at({})).toBeUndefined()
    expect(at({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://a:1", OTEL_SDK_DISABLED: "true" })).toBeUndefined()
    expect(at({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://a:1/x/" })).toBe("http://a:1/x/v1/traces")
    expect(at({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://b:1/t" })).toBe("http://b:1/t")
  })
})

import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import { Duration, Effect, Layer, Queue, Redacted } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { otlpJson, type Resource } from "../../domain/traces/otlp.ts"
import type { Span } from "../../domain/traces/span.ts"
import { Notices } from "../Notices.ts"
import { Traces } from "../Traces.ts"

export interface OtlpOptions {
  /** Where spans are posted to, `/v1/traces` at its end. */
  readonly url: string
  readonly headers: Readonly<Record<string, Redacted.Redacted<string>>>
  readonly resource: Resource
}

/** Spans that wait; more are dropped. */
const room = 8_192
const mostAtOnce = 512
/** How long the collector may take for one request. */
const patience = Duration.seconds(10)
/** How long it is left alone after it has failed. */
const pause = Duration.seconds(30)

/** Posts spans as OTLP over HTTP, in its JSON form. */
export const layer = ({
  headers,
  resource,
  url
}: OtlpOptions): Layer.Layer<Traces, never, HttpClient.HttpClient> =>
  Layer.scoped(
    Traces,
    Effect.gen(function* () {
      const client = HttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const notices = yield* Notices
      const waiting = yield* Queue.dropping<Span>(room)
      const quiet = Effect.unsafeMakeLatch(true)
      const plain = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, Redacted.value(value)])
      )
      const request = HttpClientRequest.setHeaders(HttpClientRequest.post(url), plain)
      const shown = printableLine(URL.canParse(url) ? new URL(url).host : "an address that is none")
      let hasFailed = false

      const post = (spans: ReadonlyArray<Span>) =>
        HttpClientRequest.bodyText(request, otlpJson(spans, resource), "application/json").pipe(
          client.execute,
          Effect.flatMap((response) => response.arrayBuffer),
          Effect.scoped,
          Effect.timeout(patience),
          // Of this there are no traces.
          Effect.withTracerEnabled(false),
          Effect.as(true),
          Effect.catchAll((error) => {
            if (hasFailed) return Effect.succeed(false)
            hasFailed = true
            const reason = error._tag === "ResponseError" ? `it answers ${error.response.status}` : error._tag
            const line = `no traces reach ${shown} (OTEL_EXPORTER_OTLP_ENDPOINT): ${reason}; nothing else changes`
            return Effect.as(notices.say(line), false)
          })
        )

      yield* Effect.forkScoped(
        Effect.forever(
          Effect.gen(function* () {
            const spans = yield* Queue.takeBetween(waiting, 1, mostAtOnce)
            const isTaken = yield* post([...spans])
            const isEmpty = yield* Queue.isEmpty(waiting)
            if (isEmpty) yield* quiet.open
            if (!isTaken) {
              yield* Queue.takeAll(waiting)
              yield* quiet.open
              yield* Effect.sleep(pause)
              yield* Queue.takeAll(waiting)
              yield* quiet.open
            }
          })
        )
      )
      return {
        send: (spans) =>
          spans.length === 0 ? Effect.void : Effect.zipRight(quiet.close, Queue.offerAll(waiting, spans)),
        flush: quiet.await
      }
    })
  )

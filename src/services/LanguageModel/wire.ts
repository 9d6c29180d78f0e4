import * as Undici from "@effect/platform-node/Undici"
import { type Clock, Duration, Effect, type Scope } from "effect"
import { unsafeElapsedMs } from "../elapsed.ts"
import { checkedBody } from "./checkedBody.ts"
import { connectionFailure, unreachable, WireFailure } from "./WireFailure.ts"

/** What a package that speaks a protocol gets for one exchange. */
export interface Exchange {
  /**
   * In place of the global one: it sends our headers only, follows no redirection, and throws a `WireFailure` for
   * everything that is not a success with JSON or events in it. The answer's content type is what the body looks like.
   */
  readonly fetch: typeof globalThis.fetch
  /** Aborting it closes the connection. Aborted by interruption, and when the work is done. */
  readonly controller: AbortController
}

export interface ExchangeOptions<A> {
  readonly headers: Readonly<Record<string, string>>
  /** Instead of the wire's own limit. */
  readonly silence?: Duration.Duration
  readonly work: (exchange: Exchange) => Promise<A>
  /** What an error means that the work threw, unless the exchange itself has seen why. */
  readonly explain: (error: unknown) => WireFailure
}

export interface Wire {
  /** Runs one exchange. Fails when the endpoint is silent for too long, before the first byte or between two. */
  readonly exchange: <A>(options: ExchangeOptions<A>) => Effect.Effect<A, WireFailure>
}

/** Connections to endpoints, which are closed with the scope. */
export const makeWire = (silence: Duration.Duration): Effect.Effect<Wire, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      // Silence is watched below; the client's own limits would end long waits at five minutes.
      Effect.sync(() => {
        const connectTimeout = Math.min(Duration.toMillis(silence), longestTimer)
        return new Undici.Agent({ headersTimeout: 0, bodyTimeout: 0, connectTimeout })
      }),
      (agent) => Effect.promise(() => agent.destroy())
    ),
    (agent): Wire => ({
      exchange: (options) =>
        Effect.flatMap(Effect.clock, (clock) => {
          const listener = new Listener(clock)
          const limit = options.silence ?? silence
          return Effect.raceFirst(
            Effect.tryPromise({
              try: (signal) => run(agent, listener, signal, options),
              catch: (error) => listener.failure ?? options.explain(error)
            }),
            watch(listener, limit)
          )
        })
    })
  )

const longestTimer = 2 ** 31 - 1

/** What is known of an exchange while it goes on. */
class Listener {
  private readonly clock: Clock.Clock
  heardAt: number
  /** The first failure that was seen, since packages wrap or drop what is thrown through them. */
  failure: WireFailure | undefined
  constructor(clock: Clock.Clock) {
    this.clock = clock
    this.heardAt = unsafeElapsedMs(clock)
  }
  heard(): void {
    this.heardAt = unsafeElapsedMs(this.clock)
  }
  failed(error: unknown): WireFailure {
    this.failure ??= failureOf(error)
    return this.failure
  }
}

const failureOf = (error: unknown): WireFailure =>
  error instanceof WireFailure ? error : connectionFailure(error)

const watch = (listener: Listener, silence: Duration.Duration): Effect.Effect<never, WireFailure> =>
  Effect.gen(function* () {
    const clock = yield* Effect.clock
    while (true) {
      const left = listener.heardAt + Duration.toMillis(silence) - unsafeElapsedMs(clock)
      if (left <= 0) return yield* unreachable(`nothing came for ${Duration.format(silence)}`)
      yield* Effect.sleep(Duration.millis(Math.min(left, longestTimer)))
    }
  })

const run = async <A>(
  agent: Undici.Agent,
  listener: Listener,
  signal: AbortSignal,
  options: ExchangeOptions<A>
): Promise<A> => {
  const controller = new AbortController()
  signal.addEventListener("abort", () => controller.abort(), { once: true })
  // What breaks because the connection was closed on purpose is no failure of the endpoint.
  const failed = (error: unknown) => (controller.signal.aborted ? failureOf(error) : listener.failed(error))
  const fetch: typeof globalThis.fetch = async (input, init) => {
    try {
      const response = await Undici.fetch(input instanceof Request ? input.url : input, {
        method: init?.method ?? "GET",
        body: typeof init?.body === "string" ? init.body : null,
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          "user-agent": "seidr",
          ...options.headers
        },
        redirect: "manual",
        dispatcher: agent,
        signal: controller.signal
      })
      listener.heard()
      return await checkedBody(response, { heard: () => listener.heard(), failed })
    } catch (error) {
      throw failed(error)
    }
  }
  try {
    return await options.work({ fetch, controller })
  } finally {
    controller.abort()
  }
}

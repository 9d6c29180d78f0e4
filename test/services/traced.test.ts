import { describe, expect, it } from "@effect/vitest"
import { Context, DefaultServices, Effect, Option, Tracer } from "effect"
import { traced } from "../../src/services/traced.ts"

const inner = Effect.option(Effect.currentSpan)

describe("a span", () => {
  it.effect("is made for a tracer, with its attributes", () =>
    Effect.gen(function* () {
      const native = Context.get(DefaultServices.liveServices, Tracer.Tracer)
      const names: Array<string> = []
      const tracer = Tracer.make({
        span: (...given) => {
          names.push(given[0])
          return native.span(...given)
        },
        context: (run) => run()
      })
      const found = yield* Effect.withTracer(traced(traced(inner, "inside", { order: 3 }), "outside"), tracer)
      const span = Option.getOrThrow(found)
      expect([names, span.name, span.attributes.get("order")]).toEqual([["outside", "inside"], "inside", 3])
      expect(Option.map(span.parent, (parent) => parent._tag === "Span" && parent.name)).toEqual(
        Option.some("outside")
      )
    })
  )

  it.effect("is not made for nobody", () =>
    Effect.map(traced(inner, "unseen"), (found) => expect(found).toEqual(Option.none()))
  )
})

import { Context, DefaultServices, Effect, Tracer } from "effect"

/** The tracer of who has none: nobody gets to see its spans. */
const nobody = Context.get(DefaultServices.liveServices, Tracer.Tracer)

/** A span around an effect, where somebody traces: those that nobody sees cost a tenth of all that a run computes. */
export const traced = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  name: string,
  attributes: Readonly<Record<string, unknown>> = {}
): Effect.Effect<A, E, R> =>
  Effect.tracerWith((tracer) =>
    tracer === nobody
      ? effect
      : Effect.useSpan(name, { attributes, captureStackTrace: false }, (span) =>
          Effect.mapInputContext(effect, (context: Context.Context<R>) =>
            Context.add(context, Tracer.ParentSpan, span)
          )
        )
  )

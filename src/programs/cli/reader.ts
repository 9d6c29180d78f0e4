import { Effect, Layer, Option } from "effect"
import { type Configuration, configurationFrom } from "../configuration.ts"
import { layerLogReader } from "../layers.ts"
import { environment } from "./environment.ts"

/** Gives a command the log for reading, opened when the command runs. */
export const withReader = <A, E, R>(
  { database }: { readonly database: Option.Option<string> },
  use: Effect.Effect<A, E, R>
) =>
  Effect.gen(function* () {
    const configuration = yield* configurationFrom(environment, { database: Option.getOrUndefined(database) })
    return yield* Effect.provide(use, layerLogReader(configuration))
  })

/** Fails when there is no log at the place: for commands that write, but must not make one. */
export const requireLog = (configuration: Pick<Configuration, "database">) =>
  Effect.scoped(Layer.build(layerLogReader(configuration)))

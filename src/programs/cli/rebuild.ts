import { Effect, Option } from "effect"
import { printableJson } from "../../domain/printable.ts"
import { type Drift, Projections } from "../../services/Projections.ts"
import { configurationFrom } from "../configuration.ts"
import { layerProjections } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { database, json } from "./options.ts"
import { requireLog } from "./reader.ts"
import { Screen } from "./Screen.ts"

export const rebuildCommand = command(
  { name: "rebuild", about: "make what follows from a log's events, the list of its runs, anew" },
  { database, json },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      yield* requireLog(configuration)
      const { runs, events, drifts } = yield* Effect.flatMap(
        Projections,
        (projections) => projections.rebuild
      ).pipe(Effect.provide(layerProjections(configuration)))
      if (flags.json) return yield* screen.json({ runs, events, drifts })
      for (const drift of drifts) yield* screen.print(`${drift.run}  ${howItDiffered(drift)}`)
      yield* screen.print(
        `rebuilt: ${runs} runs of ${events} events; ${
          drifts.length === 0
            ? "all were listed as their events say"
            : `${drifts.length} of them were not listed as their events say`
        }`
      )
    })
)

const howItDiffered = ({ listed, rebuilt }: Drift): string => {
  if (listed === null) return "was not listed"
  if (rebuilt === null) return "was listed, and has no events"
  const before = new Map(Object.entries(listed))
  return Object.entries(rebuilt)
    .map(([field, now]) => [field, printableJson(before.get(field)), printableJson(now)] as const)
    .filter(([, was, now]) => was !== now)
    .map(([field, was, now]) => `${field} was ${was}, is ${now}`)
    .join("; ")
}

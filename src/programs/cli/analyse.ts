import { Effect, Either, Option } from "effect"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { analyse } from "../analyse/analyse.ts"
import { figuresCsv, runsCsv } from "../analyse/csv.ts"
import { documentOf } from "../analyse/document.ts"
import { runsTextOf, textOf } from "../analyse/text.ts"
import { configurationFrom } from "../configuration.ts"
import { layerMetrics } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { argumentsOf, database, flag, integer, json, or, toggle } from "./options.ts"
import { pricesFlag, pricesOf } from "./prices.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"

const defaultKs = [1, 10, 100]
const defaultSeed = 42
/** More than a search can have programs. */
const mostK = 1_000_000

/** `1,10,100`, in ascending order, each once. */
const ks = (value: string): Either.Either<ReadonlyArray<number>, string> => {
  const numbers = value.split(",").map((word) => (/^\d{1,7}$/.test(word) ? Number(word) : 0))
  return numbers.every((number) => number >= 1 && number <= mostK)
    ? Either.right([...new Set(numbers)].sort((left, right) => left - right))
    : Either.left(`whole numbers from 1 to ${mostK} with commas between them`)
}

export const analyseCommand = command(
  { name: "analyse", about: "metrics of runs by setting and problem, with intervals, and settings compared" },
  {
    runs: argumentsOf("RUN", "runs; default all of the log", false),
    passAt: flag("pass-at", "LIST", ks, "the k's of pass@k; default 1,10,100"),
    prices: pricesFlag,
    seed: flag("seed", "N", integer, "of the bootstrap; default 42"),
    byRun: toggle("by-run", "a line per run instead of the metrics"),
    csv: toggle("csv", "as CSV, a line per figure"),
    database,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      if (flags.json && (flags.csv || flags.byRun)) {
        const other = flags.csv ? "csv" : "by-run"
        return yield* new UsageInvalid({ reason: `--json holds everything: leave out --${other}` })
      }
      const prices = yield* pricesOf(flags.prices)
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      const analysis = yield* Effect.gen(function* () {
        const catalogue = yield* RunCatalogue
        const runs =
          flags.runs.length === 0 ? yield* catalogue.list : yield* Effect.forEach(flags.runs, catalogue.find)
        return yield* analyse(runs, {
          ks: or(flags.passAt, defaultKs),
          seed: or(flags.seed, defaultSeed),
          prices
        })
      }).pipe(Effect.provide(layerMetrics(configuration)))
      if (flags.json) return yield* screen.json(documentOf(analysis))
      const table = flags.csv ? csvTable : textTable
      const lines = flags.byRun ? table.runs(analysis) : table.figures(analysis)
      for (const line of lines) yield* screen.print(line)
    })
)

const csvTable = { runs: runsCsv, figures: figuresCsv }
const textTable = { runs: runsTextOf, figures: textOf }

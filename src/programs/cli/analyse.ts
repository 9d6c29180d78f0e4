import { Effect, Either, Option } from "effect"
import { analyse } from "../analyse/analyse.ts"
import { figuresCsv, runsCsv } from "../analyse/csv.ts"
import { documentOf } from "../analyse/document.ts"
import { runsTextOf, textOf } from "../analyse/text.ts"
import { configurationFrom } from "../configuration.ts"
import { layerMetrics } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { namedRunOptions, namedRuns } from "./namedRuns.ts"
import { database, flag, integer, json, or, toggle } from "./options.ts"
import { pricesFlag, pricesIn } from "./prices.ts"
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

/** What shapes metrics. */
export const measuringOptions = {
  passAt: flag("pass-at", "LIST", ks, "the k's of pass@k; default 1,10,100"),
  prices: pricesFlag,
  seed: flag("seed", "N", integer, "of the bootstrap; default 42")
}

interface Measuring {
  readonly passAt: Option.Option<ReadonlyArray<number>>
  readonly prices: Option.Option<string>
  readonly seed: Option.Option<number>
}

export const measuringOptionsOf = ({ passAt, prices, seed }: Measuring) =>
  Effect.map(pricesIn(prices), (read) => ({
    ks: or(passAt, defaultKs),
    seed: or(seed, defaultSeed),
    prices: read
  }))

export const analyseCommand = command(
  { name: "analyse", about: "metrics of runs by setting and problem, with intervals, and settings compared" },
  {
    ...namedRunOptions,
    ...measuringOptions,
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
      const options = yield* measuringOptionsOf(flags)
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      const { absent, analysis } = yield* Effect.gen(function* () {
        const { absent, runs } = yield* namedRuns(flags.runs, flags.name)
        return { absent, analysis: yield* analyse(runs, options) }
      }).pipe(Effect.provide(layerMetrics(configuration)))
      if (flags.json) return yield* screen.json({ ...documentOf(analysis), absent })
      const table = flags.csv ? csvTable : textTable
      const lines = flags.byRun ? table.runs(analysis) : table.figures(analysis)
      for (const line of lines) yield* screen.print(line)
    })
)

const csvTable = { runs: runsCsv, figures: figuresCsv }
const textTable = { runs: runsTextOf, figures: textOf }

import { Effect } from "effect"
import { RunCatalogue, RunUnknown } from "../../services/RunCatalogue.ts"
import { diff } from "../diff/diff.ts"
import { command } from "./command.ts"
import { diffText } from "./diffText.ts"
import { argument, database, json } from "./options.ts"
import { pricesFlag, pricesIn } from "./prices.ts"
import { withReader } from "./reader.ts"
import { Screen } from "./Screen.ts"

const about = "a run: its id, a unique prefix of the id, or its label"

export const diffCommand = command(
  {
    name: "diff",
    about: "compare two runs: settings, what they share, the first node that differs, outcome",
    exits: "0 compared, whether they differ or not"
  },
  {
    left: argument("RUN", about),
    right: argument("OTHER", "the run to compare it with"),
    prices: pricesFlag,
    database,
    json
  },
  (flags) =>
    withReader(
      flags,
      Effect.gen(function* () {
        const screen = yield* Screen
        const prices = yield* pricesIn(flags.prices)
        const { find } = yield* RunCatalogue
        const left = yield* find(flags.left)
        const right = yield* find(flags.right)
        const compared = yield* diff(left.runId, right.runId, prices)
        if (compared === undefined) {
          return yield* new RunUnknown({ name: `${flags.left} or ${flags.right}`, candidates: [] })
        }
        if (flags.json) return yield* screen.json(compared)
        for (const line of diffText(screen, compared, [left, right])) yield* screen.print(line)
      })
    )
)

import { Effect } from "effect"
import { fromLetters } from "../../domain/verdict.ts"
import { RunCatalogue, RunUnknown } from "../../services/RunCatalogue.ts"
import { type History, historyOf } from "../history.ts"
import { type TreeNode, treeOf, treeText } from "../tree.ts"
import { command } from "./command.ts"
import { database, json, run } from "./options.ts"
import { withReader } from "./reader.ts"
import { Screen } from "./Screen.ts"

/** The run that a name stands for, with all that its log tells. */
export const openRun = (name: string) =>
  Effect.gen(function* () {
    const summary = yield* (yield* RunCatalogue).find(name)
    const history = yield* historyOf(summary.runId)
    if (history === undefined) return yield* new RunUnknown({ name, candidates: [] })
    return { summary, history }
  })

export const treeCommand = command(
  { name: "tree", about: "show the tree of a run with the score and the verdicts of each node" },
  { run, database, json },
  (flags) =>
    withReader(
      flags,
      Effect.gen(function* () {
        const screen = yield* Screen
        const { summary, history } = yield* openRun(flags.run)
        if (flags.json) {
          return yield* screen.json({
            runId: summary.runId,
            problem: summary.problem,
            nodes: treeOf(history)
          })
        }
        for (const line of treeText(history, (node) => scoreText(screen, node))) yield* screen.print(line)
        yield* screen.note(screen.paint("dim", legendOf(history)))
      })
    )
)

const scoreText = (screen: typeof Screen.Service, { score, passed, total }: TreeNode): string => {
  if (score === null) return "     -"
  const text = `${score.toFixed(3)}  ${passed}/${total}`
  return passed === total ? screen.paint("green", text) : score === 0 ? screen.paint("dim", text) : text
}

/** What the letters of a tree mean. */
const legendOf = ({ nodes }: History): string => {
  const used = new Set([...nodes.values()].flatMap(({ evaluated }) => [...(evaluated?.verdicts ?? "")]))
  return [...used]
    .sort()
    .flatMap((letter) => (fromLetters(letter) ?? []).map((verdict) => `${letter} ${verdict}`))
    .join(", ")
}

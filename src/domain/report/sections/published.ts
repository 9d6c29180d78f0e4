import { Language, languages } from "../../language.ts"
import { none, ofRuns, percent, withInterval } from "../numbers.ts"
import { type Cell, type Section, table, text } from "../page.ts"
import { caveats, published } from "../published.ts"
import { type Source, totalsOf } from "../source.ts"

/** Our figures beside published ones, for the data sets of which there are any; nothing for others. */
export const publishedSection = (source: Source): ReadonlyArray<Section> => {
  const { analysis } = source
  const sets = (["psb2", "humaneval-x"] as const).filter((dataset) =>
    analysis.runs.some(({ runId }) => familyOf(source, runId) === dataset)
  )
  if (sets.length === 0) return []
  return [
    {
      id: "published",
      title: "Beside published results",
      blocks: [
        ...sets.flatMap((dataset) => [
          table(
            `published-${dataset}`,
            dataset === "psb2" ? "PSB2" : "HumanEval-X",
            [
              ["who", "text"],
              ["model", "text"],
              ["language", "text"],
              ["conditions", "text"],
              ["result", "text"]
            ],
            [...oursOf(source, dataset), ...publishedRows(dataset)]
          ),
          text(caveats[dataset])
        ]),
        text(
          "Published results are those of the papers' headlines. Their figures problem by problem are in the next section where they were brought along (--published); seidr has none of its own that it could vouch for. Models, budgets, cases and repetitions differ: the table sets results side by side and does not compare them."
        )
      ]
    }
  ]
}

/** `humaneval-x/cpp` is of the family `humaneval-x`. */
const familyOf = ({ told }: Source, runId: string): string =>
  told.get(runId)?.problem.dataset.split("/")[0] ?? ""

const publishedRows = (dataset: string): ReadonlyArray<ReadonlyArray<Cell>> =>
  published
    .filter((one) => one.dataset === dataset)
    .map(({ conditions, language, model, result, source }) => [
      source,
      model,
      language === null ? none : titleOf(language),
      conditions,
      result
    ])

const oursOf = (source: Source, dataset: string): ReadonlyArray<ReadonlyArray<Cell>> =>
  totalsOf(source.analysis).flatMap(({ place, setting, summary }) => {
    const runs = source.analysis.runs.filter(
      (run) => run.setting === setting.id && familyOf(source, run.runId) === dataset
    )
    if (runs.length === 0) return []
    const problems = new Set(runs.map(({ problem }) => problem))
    const solved = new Set(runs.filter(({ measures }) => measures.isSolved).map(({ problem }) => problem))
    const { language = "", model = "", programs = "" } = setting.fields
    // The group's own figures are of all data sets together.
    const share =
      runs.length === summary.runs
        ? `; ${ofRuns(summary.solved)} runs, ${withInterval(summary.solved, percent)}`
        : ""
    return [
      [
        { text: `this report, ${setting.id}`, setting: place },
        model,
        titleOf(language),
        `up to ${programs} programs a run, ${runs.length} runs`,
        `${solved.size} of ${problems.size} problems at least once${share}`
      ]
    ]
  })

/** Settings name languages by their ids. */
const titleOf = (language: string): string => {
  const known = Language.literals.find((id) => id === language)
  return known === undefined ? language : languages[known].title
}

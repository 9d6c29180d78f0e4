import { type HeatMap, parts } from "../figure.ts"
import { amount, none, ofRuns, percent, score, withInterval } from "../numbers.ts"
import { type Section, table, text } from "../page.ts"
import { problemsOf, type Source } from "../source.ts"

/** The figures of each problem under each setting: a heat map, and a table. */
export const problemsSection = (source: Source): Section => {
  const { analysis } = source
  const problems = problemsOf(analysis)
  const sources = [...new Set(source.published.map((one) => one.source))]
  const languages = new Map(analysis.settings.map(({ fields, id }) => [id, fields["language"] ?? ""]))
  const places = new Map(analysis.settings.map(({ id }, place) => [id, place]))
  return {
    id: "problems",
    title: "Problem by problem",
    blocks: [
      text(
        "A cell of the heat map says how many of its runs solve; the stronger its colour, the larger their share. A dash stands where there is no run."
      ),
      { kind: "figures", figures: heatMaps(source) },
      table(
        "problems-table",
        "Every problem under every setting",
        [
          ["problem", "text"],
          ["setting", "text"],
          ["runs that solve", "number"],
          ["share that solves", "number"],
          ["test pass rate", "number"],
          ["programs before the first that passes", "number"],
          ["tokens of a run", "number"],
          ...sources.map((name) => [`published: ${name}`, "text"] as const)
        ],
        problems.flatMap(([problem, groups]) =>
          [...groups].map(([setting, { summary }]) => [
            problem,
            { text: setting, setting: places.get(setting)! },
            ofRuns(summary.solved),
            withInterval(summary.solved, percent),
            withInterval(summary.testPassRate, score),
            withInterval(summary.excessPrograms, amount),
            amount(summary.tokens.value),
            ...sources.map((name) => resultOf(source, name, problem, languages.get(setting)!))
          ])
        )
      )
    ]
  }
}

/** What a source says of a problem; a problem with several numbers of cases has them behind its name. */
const resultOf = ({ published }: Source, source: string, problem: string, language: string): string =>
  published.find(
    (one) =>
      one.source === source &&
      (one.problem === problem || problem.startsWith(`${one.problem} (`)) &&
      (one.language === null || one.language === language)
  )?.result ?? none

/** Larger heat maps are drawn in parts, that fit on a page. */
const most = { rows: 30, columns: 12, maps: 12 } as const

const heatMaps = ({ analysis }: Source): ReadonlyArray<HeatMap> => {
  const problems = problemsOf(analysis)
  const data = {
    head: ["problem", "setting", "solved", "low", "high", "runs"],
    rows: problems.flatMap(([problem, groups]) =>
      [...groups].map(([setting, { summary }]) => {
        const { high, low, n, value } = summary.solved
        return [problem, setting, value, low, high, n]
      })
    )
  }
  const all = parts(problems, most.rows).flatMap((rows) =>
    parts(analysis.settings, most.columns).map((columns) => ({ rows, columns }))
  )
  return all.slice(0, most.maps).map(({ columns, rows }, index) => ({
    kind: "heat",
    id: all.length === 1 ? "heat-map" : `heat-map-${index + 1}`,
    title:
      all.length === 1
        ? "Runs that solve, by problem and setting"
        : `Runs that solve, by problem and setting (${index + 1} of ${all.length})`,
    description: `Rows are ${rows.length} problems, columns the settings ${columns.map(({ id }) => id).join(", ")}; the table below has the same numbers with their intervals.`,
    columns: columns.map(({ id }) => id),
    rows: rows.map(([name, groups]) => ({
      name,
      cells: columns.map(({ id }) => {
        const solved = groups.get(id)?.summary.solved
        return solved === undefined || solved.value === null
          ? null
          : { value: solved.value, text: `${Math.round(solved.value * solved.n)}/${solved.n}` }
      })
    })),
    data
  }))
}

import { none, percent, score } from "../numbers.ts"
import { type Block, type Cell, type Section, table, text } from "../page.ts"
import { problemsOf, runsOfSetting, type Source } from "../source.ts"
import { seedsText } from "./settings.ts"

/** As many runs are listed one by one. */
const mostRuns = 2_000

/** What the figures stand on: versions, cases, seeds, runs and their digests, and what is missing. */
export const provenanceSection = (source: Source): Section => ({
  id: "provenance",
  title: "Where the figures come from",
  blocks: [
    ...missing(source),
    table(
      "versions",
      "What the runs were made with",
      [
        ["seidr", "text"],
        ["Node.js", "text"],
        ["sandbox", "text"],
        ["tool chain", "text"],
        ["runs", "number"]
      ],
      versions(source)
    ),
    table(
      "cases",
      "Problems, their cases, and the hashes that name them",
      [
        ["problem", "text"],
        ["data set", "text"],
        ["validation cases", "number"],
        ["hidden cases", "number"],
        ["hash of the validation cases", "code"],
        ["runs", "number"],
        ["seeds", "text"]
      ],
      cases(source),
      true
    ),
    runsTable(source),
    text(
      "A digest stands for all that a search did, however it was run: with the same problem, settings, seed and answers it is the same. seidr replay derives it anew from a log."
    ),
    text(
      `Percentile intervals are drawn from seed ${source.analysis.seed}, so that the same log gives the same page.`
    )
  ]
})

const missing = ({ absent, unfinished }: Source): ReadonlyArray<Block> => [
  ...(absent.length === 0
    ? []
    : [
        text(
          `${absent.length} row${absent.length === 1 ? "" : "s"} of the table ${absent.length === 1 ? "has" : "have"} no run in the log, and ${absent.length === 1 ? "is" : "are"} in no figure: ${listed(absent)}.`
        )
      ]),
  ...(unfinished.length === 0
    ? []
    : [
        table(
          "unfinished",
          `${unfinished.length === 1 ? "A run that has" : "Runs that have"} not ended, and ${unfinished.length === 1 ? "is" : "are"} in no figure`,
          [
            ["run", "code"],
            ["label", "text"],
            ["problem", "text"],
            ["state", "text"],
            ["programs", "number"]
          ],
          unfinished
            .slice(0, mostRuns)
            .map(({ label, problem, programs, runId, status }) => [
              runId,
              label ?? none,
              problem,
              status,
              String(programs)
            ])
        )
      ])
]

const listed = (labels: ReadonlyArray<string>): string =>
  labels.length <= 20 ? labels.join(", ") : `${labels.slice(0, 20).join(", ")} and ${labels.length - 20} more`

const versions = ({ analysis, told }: Source): ReadonlyArray<ReadonlyArray<Cell>> => {
  const counts = new Map<string, { readonly row: ReadonlyArray<string>; count: number }>()
  for (const { runId } of analysis.runs) {
    const environment = told.get(runId)?.environment
    if (environment === undefined) continue
    const row = [environment.seidr, environment.node, environment.tier, environment.toolchain]
    const key = JSON.stringify(row)
    const known = counts.get(key)
    if (known === undefined) counts.set(key, { row, count: 1 })
    else known.count += 1
  }
  return [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, { count, row }]) => [...row, String(count)])
}

/** Seeds draw cases: a problem has as many rows as it had sets of cases. */
const cases = ({ analysis, told }: Source): ReadonlyArray<ReadonlyArray<Cell>> =>
  problemsOf(analysis).flatMap(([problem]) => {
    const bySet = new Map<string, Array<number>>()
    const rows = new Map<string, ReadonlyArray<string>>()
    for (const { problem: own, runId, seed } of analysis.runs) {
      const known = told.get(runId)?.problem
      if (own !== problem || known === undefined) continue
      const { cases: count, casesHash, dataset, hidden } = known
      bySet.set(casesHash, [...(bySet.get(casesHash) ?? []), seed])
      rows.set(casesHash, [
        problem,
        dataset,
        String(count),
        hidden === null ? none : String(hidden),
        casesHash
      ])
    }
    return [...rows]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([hash, row]) => [...row, String(bySet.get(hash)!.length), seedsText(bySet.get(hash)!)])
  })

const runsTable = (source: Source): Block => {
  const { analysis, told } = source
  const runs = analysis.settings.flatMap(({ id }, place) =>
    runsOfSetting(analysis, id).map((run) => ({ place, run }))
  )
  return table(
    "runs",
    runs.length > mostRuns
      ? `The first ${mostRuns} of ${runs.length} runs; seidr analyse --csv --by-run has all`
      : "The runs",
    [
      ["run", "code"],
      ["label", "text"],
      ["problem", "text"],
      ["setting", "text"],
      ["seed", "number"],
      ["solved", "text"],
      ["programs", "number"],
      ["best score", "number"],
      ["test pass rate", "number"],
      ["lines", "number"],
      ["digest", "code"]
    ],
    runs.slice(0, mostRuns).map(({ place, run: { label, measures, problem, runId, seed, setting } }) => {
      const own = told.get(runId)
      return [
        runId,
        label ?? none,
        problem,
        { text: setting, setting: place },
        String(seed),
        measures.isSolved ? "yes" : measures.isFound ? "on validation only" : "no",
        String(measures.programs),
        score(measures.bestScore),
        percent(measures.testPassRate),
        own?.length == null ? none : String(own.length.lines),
        own?.ended?.digest ?? none
      ]
    }),
    true
  )
}

import { type Effort, efforts } from "../../metrics/run/progress.ts"
import type { CurvePoint } from "../../metrics/summary/curves.ts"
import { type Data, type Lines, mostSeries, parts } from "../figure.ts"
import { percent, score } from "../numbers.ts"
import { type Section, text } from "../page.ts"
import { type Source, type Total, totalsOf } from "../source.ts"

const titles: Readonly<Record<Effort, string>> = {
  programs: "programs",
  calls: "calls of models",
  tokens: "tokens read and written",
  cost: "cost, in the currency of the prices",
  seconds: "seconds of work"
}

/** As many groups of settings are drawn; the data of the others is in the files of the first. */
const mostParts = 3

/** Best-so-far curves over every kind of effort. */
export const curvesSection = ({ analysis }: Source): Section => {
  const totals = totalsOf(analysis)
  const known = efforts.filter((effort) =>
    totals.some(({ summary }) => (summary.curves[effort] ?? []).length > 0)
  )
  const unknown = efforts.filter((effort) => !known.includes(effort))
  const groups = parts(totals, mostSeries)
  return {
    id: "curves",
    title: "Anytime curves",
    blocks: [
      text(
        "What runs have reached when each of them has spent an effort: the mean best validation score so far, and the share of runs that have solved, over all problems of a setting. A run that has ended keeps what it reached. Bands are 95 % intervals, drawn where there are at most three settings; the data has them all."
      ),
      ...(groups.length > mostParts
        ? [
            text(
              `The first ${mostParts * mostSeries} of ${totals.length} settings are drawn; the data has all.`
            )
          ]
        : []),
      ...(unknown.length === 0 ? [] : [text(unknownText(unknown))]),
      {
        kind: "figures",
        figures: known.flatMap((effort) => {
          const score = dataOf(effort, "score", totals)
          const solved = dataOf(effort, "solved", totals)
          return groups.slice(0, mostParts).flatMap((group, index) => {
            const ending = groups.length === 1 ? "" : `-${index + 1}`
            return [
              curve(effort, "score", group, score, ending),
              curve(effort, "solved", group, solved, ending)
            ]
          })
        })
      }
    ]
  }
}

const unknownText = (unknown: ReadonlyArray<Effort>): string =>
  unknown
    .map((effort) =>
      effort === "cost"
        ? "There is no curve over cost: not every model has a price (--prices)."
        : `There is no curve over ${titles[effort]}: not every run tells them.`
    )
    .join(" ")

type Measure = "score" | "solved"
type Totals = ReadonlyArray<Total>

const measures = {
  score: { title: "Best score so far", axis: "mean best score", form: score },
  solved: { title: "Solved so far", axis: "share of runs that solve", form: percent }
} as const

const curve = (effort: Effort, measure: Measure, totals: Totals, data: Data, ending: string): Lines => {
  const { axis, form, title } = measures[measure]
  const drawn = totals.flatMap(({ place, setting, summary }) => {
    const points = summary.curves[effort] ?? []
    return points.length === 0 ? [] : [{ name: setting.id, place, points: points.map(pointOf(measure)) }]
  })
  return {
    kind: "lines",
    id: `${measure}-by-${effort}${ending}`,
    title: `${title}, by ${titles[effort].split(",")[0]}`,
    description: `In the end: ${drawn
      .map(({ name, points }) => `${name} ${form(points.at(-1)!.y)} at ${points.at(-1)!.x}`)
      .join("; ")}.`,
    x: { title: titles[effort], isLogarithmic: true },
    y: { title: axis },
    series: drawn,
    data
  }
}

const pointOf = (measure: Measure) => (point: CurvePoint) => {
  const { high, low, value } = point[measure]
  return { x: point.at, y: value ?? 0, low, high }
}

const dataOf = (effort: Effort, measure: Measure, totals: Totals): Data => ({
  head: ["setting", "name", effort, measure, "low", "high", "runs"],
  rows: totals.flatMap(({ setting, summary }) =>
    (summary.curves[effort] ?? []).map((point) => {
      const { high, low, n, value } = point[measure]
      return [setting.id, setting.name, point.at, value, low, high, n]
    })
  )
})

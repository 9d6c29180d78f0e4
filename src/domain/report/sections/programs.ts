import { beginning } from "../../cut.ts"
import { depthOf } from "../../ids.ts"
import { percentile } from "../../metrics/bootstrap.ts"
import { wilson } from "../../metrics/wilson.ts"
import { type Lines, mostSeries, parts, type Strips } from "../figure.ts"
import { amount, none, percent, withInterval } from "../numbers.ts"
import { type Block, type Section, table, text } from "../page.ts"
import { runsOfSetting, type Source } from "../source.ts"

/** As many dots are drawn for a setting. */
const mostDots = 150
const mostParts = 3
/** Solutions are listed up to these numbers. */
const mostListings = 60
const mostCharacters = 6_000

/** How long the programs are, how deep solutions lie, and the solutions themselves. */
export const programsSection = (source: Source): Section => {
  const { analysis } = source
  const groups = parts(
    analysis.settings.map((setting, place) => ({ setting, place })),
    mostSeries
  ).slice(0, mostParts)
  const ending = (index: number) => (groups.length === 1 ? "" : `-${index + 1}`)
  return {
    id: "programs",
    title: "Program length and depth",
    blocks: [
      text(
        "Length counts the lines of a run's best program that are not empty. Depth counts repairs: drafts have depth 0. Every run is a dot, a full one if it solves."
      ),
      {
        kind: "figures",
        figures: groups.flatMap((group, index) => [
          lengths(source, group, ending(index)),
          depths(source, group, ending(index))
        ])
      },
      lengthTable(source),
      ...listings(source)
    ]
  }
}

type Placed = ReadonlyArray<{ readonly setting: { readonly id: string }; readonly place: number }>

const linesOf = ({ told }: Source, runId: string): number | undefined => told.get(runId)?.length?.lines

const lengths = (source: Source, group: Placed, ending: string): Strips => ({
  kind: "strips",
  id: `length${ending}`,
  title: "Length of the best programs",
  description:
    "A dot for each run, by setting, at the number of lines of its best program; the table below has the medians.",
  x: { title: "lines of the best program" },
  rows: group.map(({ place, setting }) => ({
    name: setting.id,
    place,
    dots: thinned(
      runsOfSetting(source.analysis, setting.id)
        .flatMap(({ measures, runId }) => {
          const lines = linesOf(source, runId)
          return lines === undefined ? [] : [{ x: lines, isFull: measures.isSolved }]
        })
        .sort((left, right) => left.x - right.x || Number(left.isFull) - Number(right.isFull))
    )
  })),
  data: {
    head: ["setting", "problem", "run", "seed", "lines", "characters", "depth", "solved"],
    rows: source.analysis.runs.map(({ measures, problem, runId, seed, setting }) => {
      const length = source.told.get(runId)?.length
      const depth = depthOfBest(source, runId)
      return [
        setting,
        problem,
        runId,
        seed,
        length?.lines ?? null,
        length?.characters ?? null,
        depth,
        measures.isSolved ? 1 : 0
      ]
    })
  }
})

/** Evenly spread ones of a sorted list, its ends among them. */
const thinned = <A>(sorted: ReadonlyArray<A>): ReadonlyArray<A> =>
  sorted.length <= mostDots
    ? sorted
    : Array.from(
        { length: mostDots },
        (_, index) => sorted[Math.round((index * (sorted.length - 1)) / (mostDots - 1))]!
      )

/** The depth of a run's best program: how many repairs lie between it and its draft. */
const depthOfBest = ({ told }: Source, runId: string): number | null => {
  const node = told.get(runId)?.ended?.best.node
  return node === undefined ? null : depthOf(node)
}

const depths = ({ analysis }: Source, group: Placed, ending: string): Lines => {
  const deepest = analysis.runs.reduce(
    (most, { measures }) => Math.max(most, measures.generationOfSolution ?? 0),
    1
  )
  const seriesOf = (id: string) => {
    const runs = runsOfSetting(analysis, id)
    return Array.from({ length: deepest + 1 }, (_, depth) => {
      const solved = runs.filter(
        ({ measures: { generationOfSolution, isSolved } }) =>
          isSolved && generationOfSolution !== null && generationOfSolution <= depth
      )
      return { depth, share: wilson(solved.length, runs.length) }
    })
  }
  return {
    kind: "lines",
    id: `depth${ending}`,
    title: "Solved up to a depth",
    description: `${group
      .map(({ setting }) => {
        const points = seriesOf(setting.id)
        return `${setting.id}: ${percent(points[0]!.share.value)} of runs by a draft, ${percent(points.at(-1)!.share.value)} in all`
      })
      .join("; ")}.`,
    x: { title: "depth of the solution", isLogarithmic: false },
    y: { title: "share of runs that solve" },
    series: group.map(({ place, setting }) => ({
      name: setting.id,
      place,
      points: seriesOf(setting.id).map(({ depth, share: { high, low, value } }) => ({
        x: depth,
        y: value ?? 0,
        low,
        high
      }))
    })),
    data: {
      head: ["setting", "depth", "solved", "low", "high", "runs"],
      rows: analysis.settings.flatMap(({ id }) =>
        seriesOf(id).map(({ depth, share: { high, low, n, value } }) => [id, depth, value, low, high, n])
      )
    }
  }
}

const lengthTable = (source: Source): Block =>
  table(
    "length-table",
    "Lines of the best programs (median, and quartiles in brackets), and where solutions lie",
    [
      ["setting", "text"],
      ["runs", "number"],
      ["lines if it solves", "number"],
      ["lines if not", "number"],
      ["solved by drafts", "number"],
      ["solved by repairs", "number"],
      ["programs seen before", "number"]
    ],
    source.analysis.settings.map(({ id }, place) => {
      const runs = runsOfSetting(source.analysis, id)
      const { summary } = source.analysis.groups.find(
        ({ problem, setting }) => setting === id && problem === null
      )!
      const of = (isSolved: boolean) =>
        quartiles(
          runs
            .filter(({ measures }) => measures.isSolved === isSolved)
            .flatMap(({ runId }) => linesOf(source, runId) ?? [])
        )
      const solved = runs.filter(({ measures }) => measures.isSolved)
      const byDraft = solved.filter(({ measures }) => measures.generationOfSolution === 0).length
      return [
        { text: id, setting: place },
        String(runs.length),
        of(true),
        of(false),
        `${byDraft} of ${runs.length}`,
        `${solved.length - byDraft} of ${runs.length}`,
        withInterval(summary.duplicates, percent)
      ]
    })
  )

const quartiles = (values: ReadonlyArray<number>): string => {
  const sorted = [...values].sort((left, right) => left - right)
  if (sorted.length === 0) return none
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => amount(percentile(sorted, share)))
  return `${middle} [${low}, ${high}]; ${sorted.length} runs`
}

const listings = ({ solutions }: Source): ReadonlyArray<Block> => {
  const shown = solutions.slice(0, mostListings)
  if (shown.length === 0) return []
  return [
    text(
      `The shortest program that solves, for each problem and language${
        solutions.length > shown.length ? ` (the first ${shown.length} of ${solutions.length})` : ""
      }:`
    ),
    ...shown.map(
      ({ language, problem, runId, text: program }): Block => ({
        kind: "listing",
        title: `${problem}, ${language} (run ${runId})`,
        text:
          program.length > mostCharacters
            ? `${beginning(program, mostCharacters)}\n… ${program.length - mostCharacters} characters more`
            : program
      })
    )
  ]
}

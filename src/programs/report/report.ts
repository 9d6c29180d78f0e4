import { Effect } from "effect"
import { many } from "../../domain/metrics/grid.ts"
import { analysisOf } from "../../domain/metrics/summary/analysis.ts"
import { figuresOf, type Page } from "../../domain/report/page.ts"
import { reportOf } from "../../domain/report/report.ts"
import { lengthOf, type PublishedResult, type Solution, type ToldRun } from "../../domain/report/source.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import type { RunSummary } from "../../services/RunCatalogue.ts"
import type { RunRecords } from "../../services/RunRecords.ts"
import { type AnalyseOptions, measuredRuns } from "../analyse/analyse.ts"
import { version } from "../version.ts"
import { dataCsv } from "./dataCsv.ts"
import type { Drawing } from "./draw.ts"
import { htmlOf } from "./html.ts"
import { svgFile } from "./svg.ts"

export interface ReportOptions extends AnalyseOptions {
  readonly title: string
  /** Published results that are set beside ours; default none. */
  readonly published?: ReadonlyArray<PublishedResult>
  /** Labels of a table's rows that have no run. */
  readonly absent: ReadonlyArray<string>
}

export interface ReportFile {
  readonly name: string
  readonly content: string
}

export interface Report {
  readonly page: Page
  readonly html: string
  readonly runs: number
  readonly unfinished: number
  /** Every figure as SVG, and its data as CSV. */
  readonly files: ReadonlyArray<ReportFile>
}

/**
 * A report on some runs of a log, as one page that needs nothing else. The same runs, options and version of seidr give
 * the same bytes. What draws is loaded only now: it is as large as the rest of seidr.
 */
export const report = (
  runs: ReadonlyArray<RunSummary>,
  options: ReportOptions
): Effect.Effect<Report, LogFailed, EventLog | RunRecords> =>
  Effect.gen(function* () {
    const { measured, provenance, unfinished } = yield* measuredRuns(runs, options.prices)
    const analysis = analysisOf(
      measured,
      unfinished.map(({ runId }) => runId),
      { ...options, digits: many }
    )
    const told = new Map<string, ToldRun>()
    const solutions = new Map<string, Solution>()
    for (const { measures, problem, runId, setting } of analysis.runs) {
      const known = provenance.get(runId)!
      const ref = known.ended?.best.program ?? null
      const text = ref === null ? null : yield* textOf(ref)
      told.set(runId, { ...known, length: text === null ? null : lengthOf(text) })
      if (text === null || !measures.isSolved) continue
      const language = analysis.settings.find(({ id }) => id === setting)?.fields["language"] ?? ""
      const key = JSON.stringify([problem, language])
      const shortest = solutions.get(key)
      if (shortest === undefined || text.length < shortest.text.length)
        solutions.set(key, { runId, problem, language, text })
    }
    const page = reportOf({
      title: options.title,
      analysis,
      told,
      unfinished,
      absent: options.absent,
      published: options.published ?? [],
      solutions: [...solutions].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one)
    })
    const { draw } = yield* Effect.promise(() => import("./draw.ts"))
    const drawings = new Map<string, Drawing>()
    for (const figure of figuresOf(page)) drawings.set(figure.id, yield* Effect.promise(() => draw(figure)))
    return {
      page,
      html: htmlOf(page, drawings, version),
      runs: measured.length,
      unfinished: unfinished.length,
      files: figuresOf(page).flatMap((figure) => [
        { name: `${figure.id}.svg`, content: svgFile(figure, drawings.get(figure.id)!) },
        { name: `${figure.id}.csv`, content: dataCsv(figure.data) }
      ])
    }
  })

/** Null for a text that was taken out of the log on purpose. */
const textOf = (ref: string) =>
  Effect.gen(function* () {
    const log = yield* EventLog
    return yield* Effect.catchIf(
      log.text(ref) as Effect.Effect<string | null, LogFailed>,
      ({ redacted }) => redacted !== undefined,
      () => Effect.succeed(null)
    )
  })

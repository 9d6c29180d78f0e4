import { Effect, Option, Stream } from "effect"
import type { RunStarted } from "../../domain/events.ts"
import { canonicalJson } from "../../domain/hash.ts"
import type { RunId } from "../../domain/ids.ts"
import { EventLog } from "../../services/EventLog.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import type { Observer } from "../drive.ts"
import { resume } from "../resume.ts"
import { begin } from "../solve/begin.ts"
import { OptionInvalid, requestOf, type SolveOptions } from "../solve/options.ts"
import { prepare } from "../solve/prepare.ts"
import type { SolveRequest } from "../solve/request.ts"
import type { SolveResult } from "../solve/result.ts"

/** One run of an experiment. */
export interface ExperimentRow {
  /** By which the run is found again: it becomes its label, and has to be the experiment's only one of that name. */
  readonly label: string
  readonly options: SolveOptions
}

/** How a row ended. */
export type RowOutcome =
  | {
      readonly _tag: "Ended"
      readonly result: SolveResult
      /** Whether its run had ended before, was gone on with, or was made now. */
      readonly how: "done" | "resumed" | "new"
    }
  | { readonly _tag: "Failed"; readonly error: unknown; readonly runId: RunId | undefined }

export interface ExperimentOptions {
  /** Rows at the same time; the pools of models and sandboxes are shared. */
  readonly parallel: number
  readonly observe: (row: ExperimentRow, ...event: Parameters<Observer>) => Effect.Effect<void>
  readonly onEnd: (row: ExperimentRow, outcome: RowOutcome) => Effect.Effect<void>
}

/**
 * Brings every row to its end, several at a time in one ring: a row whose run is in the log and has ended is not run
 * again, one that was left is gone on with. A row that fails does not stop the others; the outcomes are in order.
 */
export const experiment = Effect.fn("experiment")(function* (
  rows: ReadonlyArray<ExperimentRow>,
  { observe, onEnd, parallel }: ExperimentOptions
) {
  const known = new Map((yield* (yield* RunCatalogue).list).toReversed().map((run) => [run.label ?? "", run]))
  return yield* Effect.forEach(
    rows,
    (row) => {
      let runId: RunId | undefined
      const own: Observer = (event, state) => observe(row, event, state)
      return Effect.gen(function* () {
        const request = yield* requestOf({ ...row.options, label: row.label })
        const before = known.get(row.label)
        if (before === undefined) {
          const prepared = yield* prepare(request)
          const result = yield* begin(prepared, own, (id) =>
            Effect.sync(() => {
              runId = id
            })
          )
          return { _tag: "Ended" as const, result, how: "new" as const }
        }
        runId = before.runId
        yield* checkSame(request, before.runId)
        const how = before.status === "solved" || before.status === "unsolved" ? "done" : "resumed"
        const result = yield* resume(before.runId, request.maxOutage, own, "trusted")
        return { _tag: "Ended" as const, result, how } as const
      }).pipe(
        Effect.catchAll((error) => Effect.succeed({ _tag: "Failed" as const, error, runId })),
        Effect.tap((outcome: RowOutcome) => onEnd(row, outcome))
      )
    },
    { concurrency: parallel }
  )
})

/** A run of the same label has to be the one that the row asks for. */
const checkSame = Effect.fn("experiment.checkSame")(function* (request: SolveRequest, runId: RunId) {
  const first = yield* Stream.runHead((yield* EventLog).read(runId))
  const event = Option.getOrUndefined(first)?.event
  const difference = event?._tag === "RunStarted" ? differenceOf(request, event) : "no beginning of its own"
  if (difference === undefined) return
  return yield* new OptionInvalid({
    reason: `run ${runId} of this label has ${difference}; give the experiment another name, or another log`
  })
})

const differenceOf = (
  { batchSize, language, models, problem, search }: SolveRequest,
  { problem: recorded, settings }: RunStarted
): string | undefined => {
  const wanted: Readonly<Record<string, unknown>> = {
    ...search,
    draft: models.draft,
    explain: models.explain,
    repair: models.repair,
    seed: problem.seed,
    ...(batchSize === undefined ? {} : { batch: batchSize }),
    ...(language === undefined ? {} : { language })
  }
  const had: Readonly<Record<string, unknown>> = {
    ...settings,
    batch: settings.models.draft.batch,
    draft: settings.models.draft.name,
    explain: settings.models.explain.name,
    repair: settings.models.repair.name
  }
  for (const [name, value] of Object.entries(wanted)) {
    const [here, there] = [canonicalJson(value), canonicalJson(had[name])]
    if (here !== there) return `${name} ${there} instead of ${here}`
  }
  const isFile = /[/\\.]/.test(problem.problem)
  return isFile || recorded.name === problem.problem ? undefined : `the problem ${recorded.name}`
}

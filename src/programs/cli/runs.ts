import { DateTime, Effect } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { Leases } from "../../services/Leases.ts"
import { RunCatalogue, type RunSummary } from "../../services/RunCatalogue.ts"
import { command } from "./command.ts"
import { database, json } from "./options.ts"
import { withReader } from "./reader.ts"
import { Screen } from "./Screen.ts"

export const runsCommand = command(
  { name: "runs", about: "list the runs of a log, newest first" },
  { database, json },
  (flags) =>
    withReader(
      flags,
      Effect.gen(function* () {
        const screen = yield* Screen
        const runs = yield* Effect.forEach(yield* (yield* RunCatalogue).list, withLiveStatus)
        if (flags.json) return yield* screen.json(runs.map(documentOf))
        if (runs.length === 0)
          return yield* screen.note("There is no run in this log yet; `seidr solve` makes one.")
        for (const line of table(runs)) yield* screen.print(line)
      })
    )
)

/** A run whose process has died is not running, though its log could not say so. */
export const withLiveStatus = (run: RunSummary) =>
  Effect.gen(function* () {
    if (run.status !== "running" || (yield* (yield* Leases).isHeld(run.runId))) return run
    return { ...run, status: "interrupted" as const }
  })

const started = ({ startedAt }: RunSummary): string => DateTime.formatIso(DateTime.unsafeMake(startedAt))

const documentOf = (run: RunSummary) => ({
  runId: run.runId,
  problem: run.problem,
  language: run.language,
  model: run.model,
  status: run.status,
  programs: run.programs,
  best: run.best,
  startedAt: started(run),
  label: run.label
})

const table = (runs: ReadonlyArray<RunSummary>): ReadonlyArray<string> => {
  const rows = runs.map((run) => [
    run.runId,
    printableLine(run.problem),
    run.language,
    printableLine(run.model),
    run.status,
    String(run.programs),
    run.best === null ? "-" : `${run.best.score.toFixed(3)} ${run.best.node}`,
    started(run).slice(0, 16).replace("T", " "),
    run.label === null ? "" : printableLine(run.label)
  ])
  const head = ["run", "problem", "language", "model", "status", "programs", "best", "started (UTC)", "label"]
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length))
  )
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd()
  )
}

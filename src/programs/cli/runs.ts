import { DateTime, Effect } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { Leases } from "../../services/Leases.ts"
import { RunCatalogue, type RunSummary } from "../../services/RunCatalogue.ts"
import { command } from "./command.ts"
import { database, json, toggle } from "./options.ts"
import { withReader } from "./reader.ts"
import { Screen } from "./Screen.ts"

export const runsCommand = command(
  { name: "runs", about: "list the runs of a log, newest first" },
  { lineage: toggle("lineage", "draw forks below the runs that they continue"), database, json },
  (flags) =>
    withReader(
      flags,
      Effect.gen(function* () {
        const screen = yield* Screen
        const runs = yield* Effect.forEach(yield* (yield* RunCatalogue).list, withLiveStatus)
        if (flags.json) return yield* screen.json(runs.map(documentOf))
        if (runs.length === 0)
          return yield* screen.note("There is no run in this log yet; `seidr solve` makes one.")
        for (const line of flags.lineage ? family(runs) : table(runs)) yield* screen.print(line)
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
  label: run.label,
  parent: run.parent
})

/** A line per run, forks indented below their parents; a parent that is not in the log is named. */
const family = (runs: ReadonlyArray<RunSummary>): ReadonlyArray<string> => {
  const here = new Set(runs.map(({ runId }) => runId))
  const children = new Map<string | undefined, Array<RunSummary>>()
  for (const run of runs) {
    const above = run.parent !== null && here.has(run.parent.parent) ? run.parent.parent : undefined
    children.set(above, [...(children.get(above) ?? []), run])
  }
  const lines: Array<string> = []
  const walk = (run: RunSummary, before: string, branch: string, deeper: string) => {
    const best = run.best === null ? "-" : `${run.best.score.toFixed(3)} ${run.best.node}`
    const from = run.parent === null ? "" : ` after ${run.parent.position}`
    const label = run.label === null ? "" : ` (${printableLine(run.label)})`
    lines.push(
      `${before}${branch}${run.runId}${from}${label}  ${printableLine(run.problem)}  ${printableLine(run.model)}  ${run.status}  ${run.programs} programs  ${best}`
    )
    const below = [...(children.get(run.runId) ?? [])].reverse()
    for (const [place, child] of below.entries()) {
      const isLast = place === below.length - 1
      walk(child, before + deeper, isLast ? "└─ " : "├─ ", isLast ? "   " : "│  ")
    }
  }
  for (const root of children.get(undefined) ?? []) walk(root, "", "", "")
  return lines
}

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

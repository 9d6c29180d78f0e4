import { Effect } from "effect"
import type { Identity } from "../../domain/git/fastImport.ts"
import type { RunSummary } from "../../services/RunCatalogue.ts"
import type { Destination } from "./Branches.ts"
import { makeExporter } from "./exporter.ts"
import type { MetricsOf } from "./metrics.ts"

interface GitExport extends Destination {
  readonly identity: Identity
  /** Where the commits say that metrics are; in the log when left out. */
  readonly metrics?: MetricsOf | undefined
}

/** Writes the attempts of runs as commits, and pushes them. Doing it again adds what is new, and nothing else. */
export const exportGit = Effect.fn("exportGit")(function* (
  wanted: ReadonlyArray<RunSummary>,
  { identity, metrics, ...destination }: GitExport
) {
  const exporter = makeExporter(destination, identity, metrics)
  for (const { runId } of wanted) exporter.add(runId)
  yield* exporter.flush
  return exporter.exported()
})

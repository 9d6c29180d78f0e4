import { Effect } from "effect"
import type { Identity } from "../../domain/git/fastImport.ts"
import type { RunSummary } from "../../services/RunCatalogue.ts"
import type { Destination } from "./Branches.ts"
import { makeExporter } from "./exporter.ts"

interface GitExport extends Destination {
  readonly identity: Identity
}

/** Writes the attempts of runs as commits, and pushes them. Doing it again adds what is new, and nothing else. */
export const exportGit = Effect.fn("exportGit")(function* (
  wanted: ReadonlyArray<RunSummary>,
  { identity, ...destination }: GitExport
) {
  const exporter = makeExporter(destination, identity)
  for (const { runId } of wanted) exporter.add(runId)
  yield* exporter.flush
  return exporter.exported()
})

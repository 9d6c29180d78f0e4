import { SqlError } from "@effect/sql/SqlError"
import { Effect } from "effect"
import type { Forms } from "../../../domain/eventForms.ts"
import { canonicalJson } from "../../../domain/hash.ts"
import type { RunId } from "../../../domain/ids.ts"
import type { Drift, Rebuilt } from "../../Projections.ts"
import type { RunSummary } from "../../RunCatalogue.ts"
import { fromRow } from "../eventRow.ts"
import { type Projection, projectRun } from "../runProjection.ts"
import type { Ask } from "./connection.ts"
import { eachRow } from "./eventPages.ts"
import { upsertRuns } from "./statements.ts"
import { type SummaryRow, selectRuns, summaryFromRow } from "./summaryRow.ts"
import type { Run } from "./transaction.ts"

/** What the events of a run up to a position make of it. */
interface Folded {
  readonly summary: Projection | undefined
  /** The first position that is not in it. */
  readonly next: number
  readonly events: number
}

const unfolded: Folded = { summary: undefined, next: 0, events: 0 }

export type Folds = ReadonlyMap<RunId, Folded>

/** Folds all runs of a log, each one from where a fold before has left it. */
export const foldRuns = (run: Run, forms: Forms, before: Folds): Effect.Effect<Folds, SqlError> =>
  Effect.gen(function* () {
    const folds = new Map<RunId, Folded>()
    const runs = yield* run<{ readonly run_id: RunId }>("SELECT run_id FROM lineage ORDER BY run_id")
    for (const { run_id } of runs) {
      folds.set(run_id, yield* foldRun(run, forms, run_id, before.get(run_id) ?? unfolded))
    }
    return folds
  })

const foldRun = (run: Run, forms: Forms, runId: RunId, before: Folded): Effect.Effect<Folded, SqlError> =>
  Effect.gen(function* () {
    let { summary, next, events } = before
    const look = eachRow(run, runId, next, ({ link, ...row }) => {
      summary = projectRun(summary, fromRow(row, link, forms))
      next = row.pos + 1
      events += 1
    })
    // An event that cannot be read ends the page with an exception.
    yield* Effect.catchAllDefect(look, (cause) => new SqlError({ cause, message: "An event cannot be read" }))
    return { summary, next, events }
  })

/** Puts what was folded in the place of what was listed, within a transaction, and tells where the two differ. */
export const relist = (run: Run, folds: Folds): Effect.Effect<Rebuilt, SqlError> =>
  Effect.gen(function* () {
    const listed = new Map((yield* run<SummaryRow>(selectRuns)).map((row) => [row.run_id, row]))
    const drifts: Array<Drift> = []
    const note = (runId: RunId, kept: SummaryRow | undefined, rebuilt: Projection | undefined) => {
      const before = kept === undefined ? null : withoutParent(summaryFromRow(kept))
      const after = rebuilt ?? null
      if (canonicalJson(before) !== canonicalJson(after))
        drifts.push({ run: runId, listed: before, rebuilt: after })
    }
    for (const [runId, { summary }] of folds) note(runId, listed.get(runId), summary)
    for (const [name, row] of listed) if (!folds.has(name as RunId)) note(name as RunId, row, undefined)
    const summaries = [...folds.values()].flatMap(({ summary }) => (summary === undefined ? [] : [summary]))
    yield* run("DELETE FROM run")
    for (const [statement, parameters] of listing(summaries)) yield* run(statement, parameters)
    const events = [...folds.values()].reduce((sum, folded) => sum + folded.events, 0)
    return { runs: summaries.length, events, drifts }
  })

type Command = readonly [statement: string, parameters: ReadonlyArray<unknown>]

/** What lists these runs, for a transaction whose statements are Effects. */
const listing = (summaries: ReadonlyArray<Projection>): ReadonlyArray<Command> => {
  const commands: Array<Command> = []
  const note: Ask = (statement, parameters = []) => {
    commands.push([statement, parameters])
    return []
  }
  upsertRuns(note, summaries)
  return commands
}

const withoutParent = ({ parent: _, ...summary }: RunSummary): Projection => summary

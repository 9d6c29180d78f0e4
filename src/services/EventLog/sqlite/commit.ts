import { Either } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import type { Origin, Stored } from "../../EventLog.ts"
import { type BlobRow, toBlob } from "../blob.ts"
import type { EventRow } from "../chain.ts"
import { type Draft, place } from "../eventRow.ts"
import { answeredBefore } from "../prepared.ts"
import { type Projection, projectRun } from "../runProjection.ts"
import type { Ask, Connection } from "./connection.ts"
import { codeOf } from "./failure.ts"
import type { Found, Head, makeHeads } from "./heads.ts"
import { headOfBranch } from "./lineage.ts"
import { insertBlobs, insertBranches, insertEvents, insertRoots, upsertRuns } from "./statements.ts"

/** What one call of `append` wants to be committed. */
export interface Wanted {
  readonly runId: RunId
  /** Where the run leaves its parent, in its first call. */
  readonly origin: Origin | undefined
  readonly drafts: ReadonlyArray<Draft>
  readonly blobs: ReadonlyArray<BlobRow>
  /** All its texts, for a log that has lost those that it was known to hold. */
  readonly texts: ReadonlyMap<string, string>
}

/** What became of it: its events, or why it was left out while others were committed. */
export type Outcome = Either.Either<ReadonlyArray<Stored>, string>

/**
 * Commits a batch in one transaction: each call whole or not at all, and one that breaks a rule without the others.
 * When the transaction fails, nothing of the batch is in the log; throws what SQLite throws then. `now` is asked when
 * the transaction holds the lock.
 */
export const commit = (
  connection: Connection,
  heads: ReturnType<typeof makeHeads>,
  batch: ReadonlyArray<Wanted>,
  now: () => number,
  /** Told when the texts that were known to be in the log may not be there any more. */
  forgetTexts: () => void = () => undefined
): ReadonlyArray<Outcome> => {
  const { ask, transaction } = connection
  const attempt = (groups: ReadonlyArray<ReadonlyArray<Wanted>>, insert: typeof write) => {
    const moved = new Map<RunId, Head>()
    const { outcomes, version, schema } = transaction(() => {
      const [row] = ask<{ data_version: number }>("PRAGMA data_version")
      const version = row!.data_version
      const { schema, isRenewed } = heads.lookAtSchema(ask, version)
      if (isRenewed) forgetTexts()
      const taken = isRenewed ? groups.map((group) => group.map(withAllTexts)) : groups
      const session: Session = { ask, at: now(), version, heads, moved }
      return { outcomes: taken.flatMap((group) => insert(session, group)), version, schema }
    })
    for (const [runId, head] of moved) heads.keep(runId, head, version)
    heads.keepSchema(version, schema)
    return outcomes
  }
  try {
    try {
      return attempt([batch], write)
    } catch (error) {
      if (!isConstraint(error)) throw error
      // Rare: only then each call gets a savepoint of its own, still within one transaction.
      return attempt(
        batch.map((wanted) => [wanted]),
        writeOrLeave
      )
    }
  } catch (error) {
    heads.forget(batch)
    throw error
  }
}

/** The same with every text, also those that the log was known to hold. */
export const withAllTexts = (wanted: Wanted): Wanted => ({
  ...wanted,
  blobs: [...wanted.texts].map(([hash, text]) => toBlob(hash, text))
})

interface Session {
  readonly ask: Ask
  readonly at: number
  readonly version: number
  readonly heads: ReturnType<typeof makeHeads>
  /** The heads of the runs that this transaction has appended to. */
  readonly moved: Map<RunId, Head>
}

const write = (session: Session, group: ReadonlyArray<Wanted>): ReadonlyArray<Outcome> => {
  const { ask, at, moved } = session
  const rows: Array<{ readonly row: EventRow; readonly hash: string }> = []
  const blobs: Array<BlobRow> = []
  const roots: Array<RunId> = []
  const branches: Array<readonly [RunId, Origin]> = []
  const summaries = new Map<RunId, Projection>()
  const after = new Map<RunId, Head>()
  const outcomes: Array<Outcome> = []
  for (const { runId, origin, drafts, blobs: texts } of group) {
    const here = after.get(runId) ?? moved.get(runId)
    const found = origin === undefined ? headIn(session, runId, here) : branch(ask, runId, origin, here)
    if (Either.isLeft(found)) {
      outcomes.push(Either.left(found.left))
      continue
    }
    let head = found.right
    const events: Array<Stored> = []
    for (const draft of drafts) {
      const { row, stored } = place(runId, head, draft, at)
      if (row.pos === 0) roots.push(runId)
      else if (origin !== undefined && row.pos === origin.position + 1) branches.push([runId, origin])
      rows.push({ row, hash: stored.hash })
      events.push(stored)
      const summary = projectRun(head.summary, stored)
      if (summary !== undefined && summary !== head.summary) summaries.set(runId, summary)
      head = { pos: row.pos, hash: stored.hash, summary }
    }
    blobs.push(...texts)
    if (drafts.length > 0) after.set(runId, head)
    outcomes.push(Either.right(events))
  }
  insertEvents(ask, rows)
  insertRoots(ask, roots)
  insertBranches(ask, branches)
  insertBlobs(ask, blobs)
  upsertRuns(ask, [...summaries.values()])
  for (const [runId, head] of after) moved.set(runId, head)
  return outcomes
}

const headIn = ({ heads, ask, version }: Session, runId: RunId, here: Head | undefined): Found =>
  here === undefined ? heads.headOf(ask, runId, version) : Either.right(here)

const branch = (ask: Ask, runId: RunId, origin: Origin, here: Head | undefined): Found =>
  headOfBranch(ask, runId, origin, here !== undefined)

const writeOrLeave: typeof write = (session, group) => {
  const { ask } = session
  const attempt = (): ReadonlyArray<Outcome> => {
    try {
      return write(session, group)
    } catch (error) {
      if (!isConstraint(error)) throw error
      ask("ROLLBACK TO one")
      return group.map(() => Either.left(ruleBroken(error)))
    }
  }
  ask("SAVEPOINT one")
  const outcomes = attempt()
  ask("RELEASE one")
  return outcomes
}

/** Whether a statement failed because it would break a rule of the schema. */
const isConstraint = (error: unknown): boolean => codeOf(error).startsWith("SQLITE_CONSTRAINT")

const ruleBroken = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error)
  return text.includes("event.call_key") ? answeredBefore : `it breaks a rule of the log (${text})`
}

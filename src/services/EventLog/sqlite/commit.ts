import type { SqlError } from "@effect/sql/SqlError"
import type { SqliteClient } from "@effect/sql-sqlite-node/SqliteClient"
import { Clock, Effect, Either } from "effect"
import type { RunId } from "../../../domain/ids.ts"
import type { Origin, Stored } from "../../EventLog.ts"
import { type BlobRow, toBlob } from "../blob.ts"
import type { EventRow } from "../chain.ts"
import { type Draft, place } from "../eventRow.ts"
import { answeredBefore } from "../prepared.ts"
import { type Projection, projectRun } from "../runProjection.ts"
import { isConstraint } from "./failure.ts"
import type { Head, makeHeads } from "./heads.ts"
import { headOfBranch } from "./lineage.ts"
import { insertBlobs, insertBranches, insertEvents, insertRoots, upsertRuns } from "./statements.ts"
import { type Run, transact } from "./transaction.ts"

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
 * When the transaction fails, nothing of the batch is in the log.
 */
export const commit = (
  sql: SqliteClient,
  heads: ReturnType<typeof makeHeads>,
  batch: ReadonlyArray<Wanted>,
  /** Told when the texts that were known to be in the log may not be there any more. */
  forgetTexts: () => void = () => undefined
): Effect.Effect<ReadonlyArray<Outcome>, SqlError> => {
  const attempt = (groups: ReadonlyArray<ReadonlyArray<Wanted>>, insert: typeof write) =>
    Effect.gen(function* () {
      const moved = new Map<RunId, Head>()
      const { outcomes, version, schema } = yield* transact(sql, (run) =>
        Effect.gen(function* () {
          const at = yield* Clock.currentTimeMillis
          const [row] = yield* run<{ data_version: number }>("PRAGMA data_version")
          const { schema, isRenewed } = yield* heads.lookAtSchema(run, row!.data_version)
          if (isRenewed) forgetTexts()
          const taken = isRenewed ? groups.map((group) => group.map(withAllTexts)) : groups
          const session: Session = { run, at, version: row!.data_version, heads, moved }
          const outcomes = yield* Effect.forEach(taken, (group) => insert(session, group))
          return { outcomes: outcomes.flat(), version: session.version, schema }
        })
      )
      for (const [runId, head] of moved) heads.keep(runId, head, version)
      heads.keepSchema(version, schema)
      return outcomes
    })
  return attempt([batch], write).pipe(
    // Rare: only then each call gets a savepoint of its own, still within one transaction.
    Effect.catchIf(isConstraint, () =>
      attempt(
        batch.map((wanted) => [wanted]),
        writeOrLeave
      )
    ),
    Effect.tapErrorCause(() => Effect.sync(() => heads.forget(batch)))
  )
}

/** The same with every text, also those that the log was known to hold. */
export const withAllTexts = (wanted: Wanted): Wanted => ({
  ...wanted,
  blobs: [...wanted.texts].map(([hash, text]) => toBlob(hash, text))
})

interface Session {
  readonly run: Run
  readonly at: number
  readonly version: number
  readonly heads: ReturnType<typeof makeHeads>
  /** The heads of the runs that this transaction has appended to. */
  readonly moved: Map<RunId, Head>
}

const write = (
  { run, at, version, heads, moved }: Session,
  group: ReadonlyArray<Wanted>
): Effect.Effect<ReadonlyArray<Outcome>, SqlError> =>
  Effect.gen(function* () {
    const rows: Array<{ readonly row: EventRow; readonly hash: string }> = []
    const blobs: Array<BlobRow> = []
    const roots: Array<RunId> = []
    const branches: Array<readonly [RunId, Origin]> = []
    const summaries = new Map<RunId, Projection | undefined>()
    const after = new Map<RunId, Head>()
    const outcomes: Array<Outcome> = []
    for (const { runId, origin, drafts, blobs: texts } of group) {
      const here = after.get(runId) ?? moved.get(runId)
      const found = yield* origin === undefined
        ? headIn({ heads, run, version }, runId, here)
        : headOfBranch(run, runId, origin, here !== undefined)
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
        head = { pos: row.pos, hash: stored.hash, summary: projectRun(head.summary, stored) }
      }
      blobs.push(...texts)
      if (drafts.length > 0) {
        after.set(runId, head)
        summaries.set(runId, head.summary)
      }
      outcomes.push(Either.right(events))
    }
    yield* insertEvents(run, rows)
    yield* insertRoots(run, roots)
    yield* insertBranches(run, branches)
    yield* insertBlobs(run, blobs)
    yield* upsertRuns(
      run,
      [...summaries.values()].filter((summary) => summary !== undefined)
    )
    for (const [runId, head] of after) moved.set(runId, head)
    return outcomes
  })

const headIn = (
  { heads, run, version }: Pick<Session, "heads" | "run" | "version">,
  runId: RunId,
  here: Head | undefined
): Effect.Effect<Either.Either<Head, string>, SqlError> =>
  here !== undefined
    ? Effect.succeed(Either.right(here))
    : heads.headOf(run, runId, version).pipe(
        Effect.map((head) => Either.right(head)),
        Effect.catchTag("Conflict", ({ reason }) => Effect.succeed(Either.left(reason)))
      )

const writeOrLeave: typeof write = (session, group) =>
  Effect.gen(function* () {
    const { run } = session
    yield* run("SAVEPOINT one")
    const outcomes = yield* write(session, group).pipe(
      Effect.catchIf(isConstraint, (error) =>
        Effect.as(
          run("ROLLBACK TO one"),
          group.map(() => Either.left(ruleBroken(error)))
        )
      )
    )
    yield* run("RELEASE one")
    return outcomes
  })

const ruleBroken = ({ cause }: SqlError): string => {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.includes("event.call_key") ? answeredBefore : `it breaks a rule of the log (${text})`
}

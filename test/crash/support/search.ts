import { existsSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Effect, Layer } from "effect"
import { expect } from "vitest"
import { idempotencyKeyOf } from "../../../src/domain/search/callKey.ts"
import { layerAudit, layerLogReader } from "../../../src/programs/layers.ts"
import { verify } from "../../../src/programs/verify/verify.ts"
import { documentOf, type Ended, inFolder, seidr } from "../../programs/cli/seidr.ts"
import type { ModelServer } from "./modelServer.ts"

/** Requests under way at the same time. */
const concurrency = 4

/** A search of three generations by a model on this machine, with programs in the real sandbox. */
export const search: ReadonlyArray<string> = [
  ..."solve gcd --model openai:m --valid-examples 4 --test-examples 4 --prompt-examples 1".split(" "),
  ..."--max-programs 10 --drafts-per-prompt 3 --explanations-per-program 1".split(" "),
  ..."--repairs-per-explanation 2 --beam-width 2 --json".split(" "),
  ...["--concurrency", String(concurrency)]
]

/** The document of a command without what a crash may change: its name, and what was paid beyond the winner. */
export const outcomeOf = (ended: Ended): Readonly<Record<string, unknown>> => {
  expect(ended.status, ended.err).toBeLessThanOrEqual(1)
  return { ...(documentOf(ended) as Record<string, unknown>), runId: "", surplus: "", status: ended.status }
}

/** What the search comes to when nobody disturbs it. */
export const undisturbed = async ({ env }: ModelServer): Promise<Readonly<Record<string, unknown>>> => {
  let outcome: Readonly<Record<string, unknown>> = {}
  await inFolder(async (cwd) => {
    outcome = outcomeOf(await seidr(search, { cwd, env }))
  })
  return outcome
}

/** What a log holds of its only run, as any reader of the file sees it. */
export interface Kept {
  /** Undefined when no run has begun. */
  readonly runId: string | undefined
  readonly isFinished: boolean
  /** Attempts by `Idempotency-Key`. */
  readonly requested: ReadonlyMap<string, number>
  readonly answered: ReadonlySet<string>
  /** The call keys, by `Idempotency-Key`. */
  readonly callKeys: ReadonlyMap<string, string>
}

export const keptIn = (cwd: string): Kept => {
  const nothing = {
    runId: undefined,
    isFinished: false,
    requested: new Map(),
    answered: new Set<string>(),
    callKeys: new Map()
  }
  const file = join(cwd, "seidr.db")
  if (!existsSync(file)) return nothing
  const database = new Database(file)
  try {
    const tables = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'event'").all()
    if (tables.length === 0) return nothing
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok")
    const rows = database
      .prepare("SELECT run_id, type, call_key, data ->> 'attempt' AS attempt FROM event ORDER BY seq")
      .all() as Array<{ run_id: string; type: string; call_key: string | null; attempt: number }>
    const requested = new Map<string, number>()
    const answered = new Set<string>()
    const callKeys = new Map<string, string>()
    for (const { run_id, type, call_key, attempt } of rows) {
      if (call_key === null) continue
      const key = idempotencyKeyOf(run_id, call_key)
      callKeys.set(key, call_key)
      if (type === "CompletionRequested") {
        // One attempt after another, each one recorded.
        expect(attempt).toBe((requested.get(key) ?? 0) + 1)
        requested.set(key, attempt)
      }
      if (type === "CompletionReceived") {
        expect(answered.has(key)).toBe(false)
        answered.add(key)
      }
    }
    expect(new Set(rows.map(({ run_id }) => run_id)).size).toBeLessThanOrEqual(1)
    return {
      runId: rows[0]?.run_id,
      isFinished: rows.some(({ type }) => type === "RunFinished"),
      requested,
      answered,
      callKeys
    }
  } finally {
    database.close()
  }
}

/** A process with the log is gone: what it has asked is on record, and no more was under way than may be. */
export const expectOnRecord = (kept: Kept, { asked }: Pick<ModelServer, "asked">): void => {
  for (const key of asked) expect(kept.requested.has(key)).toBe(true)
  const underWay = [...kept.requested.keys()].filter((key) => !kept.answered.has(key))
  expect(underWay.length).toBeLessThanOrEqual(concurrency)
}

/** What was asked after a crash was not answered before it. */
export const expectNothingBoughtTwice = (before: Kept, askedAfter: ReadonlyArray<string>): void => {
  expect(askedAfter.filter((key) => before.answered.has(key))).toEqual([])
}

/** The finished log: nothing was asked more often than it says, and it is what its own past makes of it. */
export const expectSound = async (cwd: string, { asked }: Pick<ModelServer, "asked">): Promise<void> => {
  const kept = keptIn(cwd)
  expect(kept.isFinished).toBe(true)
  for (const key of new Set(asked)) {
    expect(asked.filter((other) => other === key).length).toBeLessThanOrEqual(kept.requested.get(key) ?? 0)
  }
  const database = join(cwd, "seidr.db")
  const { findings } = await Effect.runPromise(
    Effect.provide(
      verify(undefined, undefined),
      Layer.merge(layerLogReader({ database }), layerAudit({ database }))
    )
  )
  expect(findings).toEqual([])
}

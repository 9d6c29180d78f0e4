import { Effect } from "effect"
import type { RunId } from "../../domain/ids.ts"
import type { EventLog, LogFailed } from "../../services/EventLog.ts"
import { type Audit, type Finding, LogAudit, listedOtherwise } from "../../services/LogAudit.ts"
import { replay } from "../replay/replay.ts"

/** A head that somebody has noted before: what the log has to hold at least. */
export interface Expected {
  readonly pos: number
  readonly hash: string
}

/**
 * Looks whether a log is what it was when it was written: its rows by their chains and hashes, then every run by
 * re-deriving it, so that every program has its completion, every score its evaluation and every budget its sum.
 */
export const verify = (
  only: RunId | undefined,
  expected: Expected | undefined
): Effect.Effect<Audit, LogFailed, LogAudit | EventLog> =>
  Effect.gen(function* () {
    const { audit, linkAt } = yield* LogAudit
    const found = yield* audit(only)
    const findings: Array<Finding> = [...found.findings]
    const broken = new Set(findings.flatMap(({ run, what }) => (what === listedOtherwise ? [] : [run])))
    for (const { run } of found.heads) {
      // What is damaged has been named; what would follow from it says nothing.
      if (broken.has(run)) continue
      const divergence = yield* replay(run).pipe(
        Effect.map((replayed) => replayed.divergence),
        Effect.catchTag("LogFailed", (error) => Effect.succeed({ pos: null, reason: error.reason }))
      )
      if (divergence === undefined) continue
      findings.push({ run, pos: divergence.pos, what: divergence.reason })
    }
    if (only !== undefined && expected !== undefined) {
      const link = yield* linkAt(only, expected.pos)
      if (link === undefined) {
        const last = found.heads[0]?.pos ?? -1
        findings.push({
          run: only,
          pos: last,
          what: `the log ends here, and was expected to reach position ${expected.pos}`
        })
      } else if (link !== expected.hash) {
        findings.push({ run: only, pos: expected.pos, what: "it has another past than was expected" })
      }
    }
    return { ...found, findings }
  })

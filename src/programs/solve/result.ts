import { Effect } from "effect"
import type { Usage } from "../../domain/completion.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Search } from "../../domain/search/state.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"

/** The document that a finished run ends with. Counts leave out what lies beyond the stopping index: that is `surplus`. */
export interface SolveResult {
  readonly runId: RunId
  readonly problem: string
  readonly language: string
  readonly status: "solved" | "unsolved"
  readonly programs: number
  readonly generations: number
  readonly best: {
    readonly node: string
    readonly score: number
    readonly passed: number
    readonly total: number
    readonly program: string | null
  }
  readonly hidden: { readonly passed: number; readonly total: number } | null
  readonly calls: number
  readonly tokens: Usage
  readonly surplus: { readonly programs: number; readonly calls: number; readonly tokens: Usage }
  readonly digest: string
}

/** The document of a run whose search has ended. */
export const resultOf = (
  runId: RunId,
  problem: string,
  search: Search
): Effect.Effect<SolveResult, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const { ended, hiddenScored, settings } = search
    if (ended === undefined) return yield* Effect.dieMessage(`run ${runId} has no end`)
    const log = yield* EventLog
    const { node, score, passed, total, program } = ended.best
    return {
      runId,
      problem,
      language: settings.language,
      status: ended.status,
      programs: ended.used.programs,
      generations: ended.generations,
      best: { node, score, passed, total, program: program === null ? null : yield* log.text(program) },
      hidden: hiddenScored === undefined ? null : { passed: hiddenScored.passed, total: hiddenScored.total },
      calls: ended.used.calls,
      tokens: ended.used.tokens,
      surplus: ended.surplus,
      digest: ended.digest
    }
  })

import { Effect } from "effect"
import { noUsage, type Usage } from "../../domain/completion.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Search } from "../../domain/search/state.ts"
import type { TapeUse } from "../../domain/tape/taped.ts"
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
  /** Of a fork: where it comes from, what it has inherited, and which of its calls its ancestors had paid for. */
  readonly fork?: {
    readonly inherited: { readonly programs: number; readonly calls: number; readonly tokens: Usage }
    readonly adopted: { readonly calls: number; readonly tokens: Usage }
  }
  /** How tapes have answered; null where none was asked. `tokens` leaves out what their answers took when recorded. */
  readonly tape: TapeUse | null
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
    const inherited = ended.fork?.inherited ?? { programs: 0, calls: 0, tokens: noUsage }
    const { node, score, passed, total, program } = ended.best
    return {
      runId,
      problem,
      language: settings.language,
      status: ended.status,
      programs: ended.used.programs - inherited.programs,
      generations: ended.generations,
      best: { node, score, passed, total, program: program === null ? null : yield* log.text(program) },
      hidden: hiddenScored === undefined ? null : { passed: hiddenScored.passed, total: hiddenScored.total },
      calls: ended.used.calls - inherited.calls,
      tokens: {
        in: ended.used.tokens.in - inherited.tokens.in,
        out: ended.used.tokens.out - inherited.tokens.out
      },
      surplus: ended.surplus,
      digest: ended.digest,
      ...(ended.fork === undefined ? {} : { fork: ended.fork }),
      tape: ended.tape ?? null
    }
  })

import { Effect, Option, Stream } from "effect"
import type { RunStarted } from "../../domain/events.ts"
import { canonicalJson } from "../../domain/hash.ts"
import type { RunId } from "../../domain/ids.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import { Leases } from "../../services/Leases.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { startedEvent } from "./begin.ts"
import type { Prepared } from "./prepare.ts"

/**
 * The newest run that began as the very same search, was left before its end, and is driven by nobody now. What it has
 * bought need not be bought again.
 */
export const unfinished = (
  prepared: Prepared
): Effect.Effect<RunId | undefined, LogFailed, EventLog | RunCatalogue | Leases> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const leases = yield* Leases
    const wanted = searchOf(startedEvent(prepared))
    for (const { runId, status, problem, label, parent } of yield* (yield* RunCatalogue).list) {
      if (status !== "interrupted" && status !== "running") continue
      if (
        parent !== null ||
        problem !== prepared.problem.name ||
        label !== (prepared.request.label ?? null)
      ) {
        continue
      }
      const first = Option.getOrUndefined(yield* Stream.runHead(log.read(runId)))
      if (first?.event._tag !== "RunStarted" || searchOf(first.event) !== wanted) continue
      if (!(yield* leases.isHeld(runId))) return runId
    }
    return undefined
  })

/** All that a search depends on; not by which seidr and on which machine it was begun. */
const searchOf = ({ problem, settings, hidden, start }: RunStarted): string =>
  canonicalJson({ problem, settings, hidden, start })

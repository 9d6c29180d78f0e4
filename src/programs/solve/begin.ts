import { Effect } from "effect"
import type { ProgramWritten, RunStarted } from "../../domain/events.ts"
import { draftId, type RunId } from "../../domain/ids.ts"
import { rules } from "../../domain/rules.ts"
import { notStarted } from "../../domain/search/state.ts"
import type { StepError } from "../../services/Actor.ts"
import { EventLog } from "../../services/EventLog.ts"
import type { Leases, RunHeld } from "../../services/Leases.ts"
import type { Ring } from "../../services/Ring.ts"
import { lastPosition } from "../../services/RunContext.ts"
import { RunIds } from "../../services/RunIds.ts"
import type { Observer } from "../drive.ts"
import { version } from "../version.ts"
import { conduct, type RunStopped } from "./conduct.ts"
import { type Prepared, refsOf } from "./prepare.ts"
import type { SolveResult } from "./result.ts"

/** What an interface is told when a run has its name. */
export type OnRun = (runId: RunId) => Effect.Effect<void>

/** Begins a prepared run and brings it to its end. */
export const begin = (
  prepared: Prepared,
  observe: Observer,
  onRun: OnRun
): Effect.Effect<SolveResult, StepError | RunHeld | RunStopped, EventLog | Ring | Leases | RunIds> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const runId = yield* (yield* RunIds).next
    const { request, problem, settings } = prepared
    const start = [{ event: startedEvent(prepared), cause: null }, ...startingProgram(prepared)]
    const texts = [prepared.document, prepared.hidden?.text, request.start].filter(
      (text) => text !== undefined
    )
    return yield* conduct({
      runId,
      settings,
      problem,
      maxOutage: request.maxOutage,
      adopts: false,
      initial: { state: notStarted, pos: -1, isNew: true },
      start: () => Effect.zipRight(onRun(runId), Effect.map(log.append(runId, start, texts), lastPosition)),
      observe
    })
  })

/** What a prepared run begins with. */
export const startedEvent = (prepared: Prepared): RunStarted => {
  const { request, problem, casesHash, settings, environment } = prepared
  const refs = refsOf(prepared)
  return {
    _tag: "RunStarted",
    problem: {
      name: problem.name,
      document: refs.document,
      casesHash,
      cases: problem.validation.length,
      origin: problem.origin
    },
    settings,
    hidden: refs.hidden,
    start: refs.start,
    label: request.label ?? null,
    rules,
    environment: { seidr: version, node: process.version, ...environment }
  }
}

/** The user's program is the first draft, and nobody is asked for one. */
const startingProgram = (prepared: Prepared) => {
  const { start } = refsOf(prepared)
  if (start === null) return []
  const event: ProgramWritten = {
    _tag: "ProgramWritten",
    node: draftId(0),
    index: 0,
    program: start,
    reason: null
  }
  return [{ event, cause: 0 }]
}

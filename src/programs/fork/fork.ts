import { type Duration, Effect } from "effect"
import type { RunForked } from "../../domain/events.ts"
import { hashOf } from "../../domain/hash.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Problem } from "../../domain/problem.ts"
import { rules } from "../../domain/rules.ts"
import { evolve } from "../../domain/search/evolve.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { StepError } from "../../services/Actor.ts"
import type { Critics } from "../../services/Critics.ts"
import { EventLog } from "../../services/EventLog.ts"
import { LanguageModel, type ModelError } from "../../services/LanguageModel.ts"
import type { Leases, RunHeld } from "../../services/Leases.ts"
import type { LogIndex } from "../../services/LogIndex.ts"
import type { Ring } from "../../services/Ring.ts"
import { RunIds } from "../../services/RunIds.ts"
import { Sandbox, type SandboxError } from "../../services/Sandbox.ts"
import type { Observer } from "../drive.ts"
import { foldRun, recordedProblem } from "../resume.ts"
import type { OnRun } from "../solve/begin.ts"
import { conduct, type RunStopped } from "../solve/conduct.ts"
import type { SolveResult } from "../solve/result.ts"
import { type CriticChanged, type CriticUntrusted, requireTrust, type Trust } from "../trust.ts"
import { version } from "../version.ts"
import { footingAt } from "./footing.ts"
import { type ForkInvalid, findPoint, type Spelled } from "./point.ts"
import type { Overrides } from "./settings.ts"
import { settingsOf } from "./settings.ts"

/** A run as the continuation of another, from a point of its log, under other settings. */
export interface ForkRequest {
  readonly parent: RunId
  readonly at: Spelled
  readonly overrides: Overrides
  /** Whether answers of the ancestors to the very same requests are taken. */
  readonly answers: RunForked["answers"]
  readonly label: string | undefined
  readonly maxOutage: Duration.Duration
  /** Whether a critic that the log names may run; if not, a run that one judges is refused. */
  readonly trust?: Trust
}

/**
 * As many inherited events (at most) are read before a fork begins: what cannot be read then begins none. More would
 * take longer than the 10 ms within which a fork begins, however long its past.
 */
const readBefore = 256

/**
 * Begins a run that shares the events of its parent up to a point, and brings it to its end. The parent is not
 * touched, and nothing of it is copied. Its problem, language, cases and limits stay.
 */
export const fork = (
  request: ForkRequest,
  observe: Observer,
  onRun: OnRun
): Effect.Effect<
  SolveResult,
  | StepError
  | ModelError
  | SandboxError
  | ForkInvalid
  | RunHeld
  | RunStopped
  | CriticUntrusted
  | CriticChanged,
  EventLog | LogIndex | Ring | Leases | RunIds | LanguageModel | Sandbox | Critics
> =>
  Effect.gen(function* () {
    const { parent, overrides, answers, label, maxOutage } = request
    const log = yield* EventLog
    const found = yield* findPoint(parent, request.at)
    const footing = yield* footingAt(parent, found)
    const { at, position } = found
    const runId = yield* (yield* RunIds).next
    const problem = yield* recordedProblem(footing.started.problem.document)
    const judge = yield* requireTrust(parent, problem, request.trust ?? "refused")
    const beginning = { parent, footing, problem, fresh: seedFrom(runId) }
    const settings = yield* settingsOf(beginning, overrides)
    const environment = yield* environmentFor(settings, problem)
    const event: RunForked = {
      _tag: "RunForked",
      parent,
      position,
      at,
      problem: problem.name,
      settings,
      answers,
      label: label ?? null,
      rules,
      environment: { seidr: version, node: process.version, ...environment },
      ...judge
    }
    const past = position < readBefore ? yield* foldRun(parent, position) : undefined
    yield* onRun(runId)
    const [begun] = yield* log.branch(runId, { parent, position }, [{ event, cause: null }], [])
    // A long past is read only now: what it takes to begin does not depend on its length then.
    const initial =
      past === undefined || begun === undefined
        ? yield* foldRun(runId)
        : { state: evolve(past.state, begun), pos: begun.pos }
    return yield* conduct({
      runId,
      settings,
      problem,
      maxOutage,
      adopts: answers === "adopt",
      initial: { ...initial, isNew: false },
      start: () => Effect.succeed(initial.pos),
      observe
    })
  })

/** A seed that no other run has: it is made of the run's name. */
const seedFrom = (runId: RunId): number => Number.parseInt(hashOf("seed", runId).slice(0, 8), 16)

/** Asks the models that the fork changes to, and the sandbox, whether they can serve. */
const environmentFor = ({ language, models }: SearchSettings, problem: Problem) =>
  Effect.gen(function* () {
    const sandbox = yield* Sandbox
    const tier = yield* sandbox.tier
    const toolchain = yield* sandbox.toolchain(language)
    const model = yield* LanguageModel
    const names = new Set(Object.values(models).map(({ name }) => name))
    yield* Effect.forEach(names, (name) => model.check(name, language, problem), { discard: true })
    return { tier: tier.name, toolchain }
  })

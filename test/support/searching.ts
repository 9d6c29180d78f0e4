import { expect } from "@effect/vitest"
import { Chunk, Duration, Effect, Layer, Schema, Stream } from "effect"
import { byLines } from "../../src/domain/check.ts"
import { exactly } from "../../src/domain/comparison.ts"
import type { Event } from "../../src/domain/events.ts"
import type { RunId } from "../../src/domain/ids.ts"
import { type Case, hashCases, Problem } from "../../src/domain/problem.ts"
import type { SearchSettings } from "../../src/domain/settings.ts"
import type { Observer } from "../../src/programs/drive.ts"
import { layerLog, layerRing } from "../../src/programs/layers.ts"
import { replay } from "../../src/programs/replay/replay.ts"
import { begin, type OnRun } from "../../src/programs/solve/begin.ts"
import type { Prepared } from "../../src/programs/solve/prepare.ts"
import { type EvaluationCache, layerNone } from "../../src/services/EvaluationCache.ts"
import { EventLog, type Stored } from "../../src/services/EventLog.ts"
import { seal } from "../../src/services/HiddenCases/sealed.ts"
import { layerRouter } from "../../src/services/LanguageModel/router.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import type { LanguageModel, ModelAdapter } from "../../src/services/LanguageModel.ts"
import * as RunIds from "../../src/services/RunIds.ts"
import { fakeSandbox } from "./fakeSandbox.ts"
import { answerOf, type Oracle } from "./oracle.ts"
import type { World } from "./simulation.ts"
import { casesOf } from "./smallPrograms.ts"
import { only } from "./stepsLeft.ts"

/** The model that answers as an oracle does. */
export const oracleModel = (oracle: Oracle): ModelAdapter =>
  scripted(({ role }, { callKey }) => ({
    text: answerOf(oracle, role, callKey),
    usage: { in: 3, out: 2 },
    finishReason: "stop"
  }))

export interface Searching {
  readonly database: string
  readonly model: ModelAdapter
  /** What stands in the model's place. */
  readonly models?: Layer.Layer<LanguageModel>
  readonly sandbox?: ReturnType<typeof fakeSandbox>
  readonly cache?: Layer.Layer<EvaluationCache>
  readonly capacity?: number
  readonly concurrency?: number
  readonly executions?: number
  /** What stands between the log and its users, such as a slow disk. */
  readonly between?: Layer.Layer<EventLog, never, EventLog>
}

/** The real log, ring, driver and services; a model and a sandbox that pretend. */
export const searching = ({
  database,
  model,
  models = layerRouter({ scripted: model }),
  sandbox = fakeSandbox(),
  cache = layerNone,
  between = direct,
  ...ring
}: Searching) =>
  layerRing({ capacity: 4, concurrency: 4, executions: 2, ...ring }).pipe(
    Layer.provideMerge(between),
    Layer.provideMerge(Layer.merge(layerLog({ database }), RunIds.layer)),
    Layer.provideMerge(Layer.mergeAll(models, sandbox, cache))
  )

const direct = Layer.effect(EventLog, EventLog)

/** A run that can begin in a world. */
export const preparedIn = (
  { settings, oracle, start, hidden = true }: World,
  maxOutage: Duration.DurationInput = "20 seconds"
): Prepared => {
  const [first, ...others] = casesOf(oracle.cases)
  const problem: Problem = {
    name: "echo",
    description: "Print the input and the word end.",
    check: byLines(exactly),
    promptExamples: 1,
    validation: [first!, ...others],
    origin: { dataset: "test" }
  }
  const sealed: ReadonlyArray<Case> = hidden ? casesOf(2 * oracle.cases) : []
  return {
    request: {
      problem: {
        problem: "echo",
        promptExamples: 1,
        validExamples: 1,
        testExamples: 1,
        seed: 0,
        data: undefined
      },
      language: settings.language,
      models: { draft: "scripted", explain: "scripted", repair: "scripted" },
      batchSize: undefined,
      search: searchOf(settings),
      start,
      label: undefined,
      maxOutage: Duration.decode(maxOutage)
    },
    problem,
    document: Schema.encodeSync(Schema.parseJson(Problem))(problem),
    casesHash: hashCases(problem.validation),
    hidden: hidden ? { text: seal(sealed), cases: sealed } : null,
    settings,
    environment: { tier: "pretended", toolchain: "small programs 1" }
  }
}

const searchOf = ({ language: _, models: __, seed: ___, ...search }: SearchSettings) => search

export const eventsOf = (runId: RunId): Effect.Effect<ReadonlyArray<Stored>, unknown, EventLog> =>
  Effect.gen(function* () {
    return Chunk.toReadonlyArray(yield* Stream.runCollect((yield* EventLog).read(runId)))
  })

const unobserved: Observer = () => Effect.void

/** Brings a run to its end, and shows that its log is sound. */
export const solveAndReplay = (
  prepared: Prepared,
  observe: Observer = unobserved,
  onRun: OnRun = () => Effect.void
) =>
  Effect.gen(function* () {
    const result = yield* begin(prepared, observe, onRun)
    return { result, events: yield* replayed(result.runId) }
  })

/** Replays a finished run, which has to be identical, and gives its events. */
export const replayed = (runId: RunId) =>
  Effect.gen(function* () {
    const { divergence, state } = yield* replay(runId)
    expect(divergence).toBeUndefined()
    expect(state._tag).toBe("Finished")
    const stored = yield* eventsOf(runId)
    const events = stored.map(({ event }) => event)
    expect(stored.map(({ pos }) => pos)).toEqual(stored.map((_, index) => index))
    expect(stored.filter(({ cause, pos }) => (cause ?? -1) >= pos)).toEqual([])
    expectNothingTwice(events)
    return events
  })

/** No call is answered twice, none is asked after its answer, no place is written or judged twice. */
const expectNothingTwice = (events: ReadonlyArray<Event>) => {
  const answered = new Set<string>()
  const askedAgain = events.filter((event) => {
    if (event._tag !== "CompletionRequested" && event._tag !== "CompletionReceived") return false
    const isKnown = answered.has(event.callKey)
    if (event._tag === "CompletionReceived") answered.add(event.callKey)
    return isKnown
  })
  expect(askedAgain).toEqual([])
  for (const tag of ["ProgramWritten", "ProgramEvaluated"] as const) {
    const places = only(events, tag).map(({ node }) => node)
    expect(new Set(places).size).toBe(places.length)
  }
}

import { Chunk, Effect, Schema, Stream } from "effect"
import type { Ref, RunStarted } from "../../../domain/events.ts"
import { Problem } from "../../../domain/problem.ts"
import type { Role } from "../../../domain/request.ts"
import type { TapeSource } from "../../../domain/tape/name.ts"
import { makeRecorder, type Recorder } from "../../../domain/tape/recorder.ts"
import { emptyTape, type RecordedAnswer, type Tape } from "../../../domain/tape/tape.ts"
import type { LogFailed } from "../../EventLog.ts"
import type { Tapes } from "../../Tapes.ts"
import { runsOf, type SourceError, type TapedRun, type TapePurpose } from "./sources.ts"
import { TapeUnfit } from "./TapeUnfit.ts"

/** A tape in memory; its texts stay where they are. */
export interface LoadedTape {
  readonly tape: Tape
  readonly text: (answer: RecordedAnswer) => Effect.Effect<string, LogFailed>
  /** The batches that the recorded temperatures were computed with, see `ModelAdapter.batch`. */
  readonly batches: Readonly<Record<Role, number>>
}

/** About as many characters as the answers of a tape may fill: a log may come from anywhere. */
const most = 256 * 2 ** 20

/** Reads the recordings that a settled tape names. */
export const loadTape = (
  tapes: typeof Tapes.Service,
  sources: ReadonlyArray<TapeSource>,
  purpose: TapePurpose
): Effect.Effect<LoadedTape, SourceError> =>
  Effect.gen(function* () {
    const runs = (yield* Effect.forEach(sources, (source) => runsOf(tapes, source, purpose))).flat()
    const tape = emptyTape()
    const recorders: Array<Recorder> = []
    for (const [source, run] of runs.entries()) {
      const recorder = makeRecorder(tape, source)
      recorders.push(recorder)
      yield* record(run, purpose, recorder, () => recorders.reduce((sum, { size }) => sum + size(), 0))
    }
    const models = recorders[0]?.settings()?.models
    if (models === undefined || tape.exact.size === 0) {
      return yield* new TapeUnfit({
        reason: `no model has answered in ${runs.map(({ summary }) => summary.runId).join(", ")}`
      })
    }
    return {
      tape,
      text: ({ source, answer }) => runs[source]!.recordings.text(answer),
      batches: { draft: models.draft.batch, explain: models.explain.batch, repair: models.repair.batch }
    }
  })

const record = (
  { recordings, summary, upTo }: TapedRun,
  purpose: TapePurpose,
  recorder: Recorder,
  size: () => number
): Effect.Effect<void, SourceError> =>
  Stream.takeWhile(recordings.read(summary.runId), ({ pos }) => pos <= upTo).pipe(
    Stream.runForEachChunk((events) =>
      Effect.gen(function* () {
        for (const { event, runId } of Chunk.toReadonlyArray(events)) {
          if (event._tag === "RunStarted") yield* checkProblem(summary.runId, event, recordings.text, purpose)
          recorder.take(event, runId)
        }
        if (size() > most) {
          return yield* new TapeUnfit({
            reason: `it fills more than the ${most / 2 ** 20} MB that a tape may; name fewer runs`
          })
        }
      })
    )
  )

const decodeProblem = Schema.decodeUnknownOption(Schema.parseJson(Problem))

/** The same name is not yet the same problem: a file may have been changed. The cases may be others. */
const checkProblem = (
  runId: string,
  { problem }: RunStarted,
  text: (ref: Ref) => Effect.Effect<string, LogFailed>,
  purpose: TapePurpose
): Effect.Effect<void, LogFailed | TapeUnfit> =>
  Effect.gen(function* () {
    const recorded = decodeProblem(yield* text(problem.document))
    if (recorded._tag === "Some" && recorded.value.description === purpose.problem.description) return
    return yield* new TapeUnfit({
      reason: `the problem ${problem.name} of run ${runId} has another description than the one at hand`
    })
  })

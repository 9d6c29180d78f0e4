import { Effect, Stream } from "effect"
import type { Attempt } from "../../domain/git/attempt.ts"
import { BranchStream, type Identity } from "../../domain/git/fastImport.ts"
import { placeOf } from "../../domain/git/holdings.ts"
import type { RunId } from "../../domain/ids.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import { Git, type GitFailed } from "../../services/Git.ts"
import type { LogIndex } from "../../services/LogIndex.ts"
import type { RunCatalogue } from "../../services/RunCatalogue.ts"
import { type Destination, makeBranches, type PairState } from "./Branches.ts"
import { type MetricsOf, metricsInLog } from "./metrics.ts"
import { namesOf, type RunName } from "./names.ts"
import { inOrder, type Judgement, RunReading } from "./RunReading.ts"

export interface GitExported {
  readonly branches: ReadonlyArray<{ readonly name: string; readonly commit: string }>
  readonly attempts: number
}

/** A run that is exported: its name, its branch and how far it is read, as far as they are known. */
interface Following {
  name?: RunName
  pair?: PairState
  reading: RunReading
}

/** How often a push is tried again at once, because somebody else was faster. */
const mostConflicts = 8

/**
 * Writes the attempts of runs as commits, as far as they are judged: branches, files and messages as the published system
 * has them. Every `flush` adds what is new, and nothing twice: what a branch holds is read from its commits, be they of an
 * earlier export, of another process or of this one. Nothing is ever forced: what somebody else put on a branch stays, and
 * ours comes on top; where another run has the file already, the run goes to the branch of the next number.
 */
export const makeExporter = (
  destination: Destination,
  identity: Identity,
  metrics: MetricsOf = metricsInLog
) => {
  const { folder, isOurs } = destination
  const branches = makeBranches(destination)
  const runs = new Map<RunId, Following>()
  /** The best score of each run that has been written. */
  const best = new Map<string, number>()
  let isMade = false
  let mustLook = false
  /** Whether readings are ahead of what is written, since writing has failed or was interrupted. */
  let isTorn = false

  const startAgain = (run: Following) => {
    delete run.pair
    if (run.name !== undefined) best.delete(run.name.runId)
    run.reading = new RunReading(run.reading.runId)
  }

  const nameRuns = Effect.gen(function* () {
    const unnamed = new Set([...runs].filter(([, { name }]) => name === undefined).map(([runId]) => runId))
    if (unnamed.size === 0) return
    for (const name of yield* namesOf(unnamed)) {
      const run = runs.get(name.runId)
      if (run !== undefined) run.name = name
    }
  })

  /** Looks at the destination, if anything of it is not known. */
  const look = Effect.gen(function* () {
    const stems = new Set([...runs.values()].flatMap(({ name }) => (name === undefined ? [] : [name.stem])))
    if (!mustLook && [...stems].every(branches.isKnown)) return false
    const { changed, isNew } = yield* branches.look(stems)
    for (const run of runs.values()) if (changed.has(run.name?.stem ?? "")) startAgain(run)
    mustLook = false
    return isNew
  })

  const place = () => {
    // The oldest first, since ids sort by the time of their start.
    for (const [, run] of [...runs].sort(([left], [right]) => (left < right ? -1 : 1))) {
      const { name } = run
      if (name === undefined || run.pair !== undefined) continue
      const numbers = branches.numbersOf(name.stem)
      const held = new Map([...numbers].map(([number, { all }]) => [number, all.holdings]))
      run.pair = branches.pairOf(name.stem, placeOf(name, held))
      run.pair.all.holdings.claim(name.file, name.runId)
    }
  }

  /** What is new of the runs on a branch. */
  const judgedOn = Effect.fn("exporter.judgedOn")(function* (members: ReadonlyArray<Following>) {
    const log = yield* EventLog
    const judged: Array<Judgement> = []
    for (const { reading } of members) {
      yield* Stream.runForEachChunk(log.read(reading.runId, reading.position), (events) =>
        Effect.sync(() => {
          for (const stored of events) {
            const judgement = reading.take(stored)
            if (judgement !== undefined) judged.push(judgement)
          }
        })
      )
    }
    return judged.sort(inOrder)
  })

  const attemptOf = Effect.fn("exporter.attemptOf")(function* (judgement: Judgement, name: RunName) {
    const log = yield* EventLog
    const attempt: Attempt = {
      ...judgement,
      file: name.file,
      problem: name.problem,
      metrics: yield* metrics(judgement.runId),
      program: judgement.program === null ? "" : yield* log.text(judgement.program),
      prompt: (yield* Effect.forEach(judgement.prompt, log.text)).join("\n\n")
    }
    return attempt
  })

  const write = Effect.gen(function* () {
    const members = new Map<PairState, Array<Following>>()
    for (const run of runs.values()) {
      if (run.pair !== undefined) members.set(run.pair, [...(members.get(run.pair) ?? []), run])
    }
    const written = new Set<string>()
    let marks = 0
    const commandsOf = (pair: PairState, judged: ReadonlyArray<Judgement>) => {
      const stream = new BranchStream(pair.best.name, identity, pair, best, marks)
      return Stream.fromIterable(judged).pipe(
        Stream.mapEffect((judgement) => {
          const name = runs.get(judgement.runId)?.name
          if (name === undefined || !stream.isNew(judgement)) {
            stream.skip(judgement)
            return Effect.succeed("")
          }
          return Effect.map(attemptOf(judgement, name), (attempt) => {
            const text = stream.add(attempt)
            marks = stream.lastMark
            for (const branch of stream.written) written.add(branch)
            return text
          })
        }),
        Stream.filter((text) => text !== "")
      )
    }
    isTorn = true
    const commands = Stream.fromIterable(members).pipe(
      Stream.flatMap(([pair, runsOf]) =>
        Stream.unwrap(Effect.map(judgedOn(runsOf), (judged) => commandsOf(pair, judged)))
      )
    )
    yield* (yield* Git).write(folder, commands, isOurs)
    yield* branches.written(written)
    isTorn = false
  })

  const attempt = (
    left: number
  ): Effect.Effect<void, GitFailed | LogFailed, EventLog | Git | LogIndex | RunCatalogue> =>
    Effect.gen(function* () {
      if (isTorn) {
        branches.forgetAll()
        for (const run of runs.values()) startAgain(run)
        isTorn = false
      }
      yield* nameRuns
      yield* look
      place()
      yield* write
      mustLook = true
      yield* Effect.catchAll(branches.push, (failure) =>
        Effect.flatMap(
          Effect.mapError(look, () => failure),
          (isNew) => (isNew && left > 0 ? attempt(left - 1) : failure)
        )
      )
      mustLook = false
    })

  return {
    /** Takes a run up; what is judged of it goes along from now on. */
    add: (runId: RunId): void => {
      if (!runs.has(runId)) runs.set(runId, { reading: new RunReading(runId) })
    },
    /** Forgets runs of which nothing will come any more. */
    drop: (runIds: Iterable<RunId>): void => {
      for (const runId of runIds) {
        runs.delete(runId)
        best.delete(runId)
      }
    },
    runs: (): ReadonlyArray<RunId> => [...runs.keys()],
    flush: Effect.gen(function* () {
      if (!isMade) yield* (yield* Git).init(folder)
      isMade = true
      yield* attempt(mostConflicts)
    }),
    exported: (): GitExported => {
      const pairs = new Set([...runs.values()].flatMap(({ pair }) => (pair === undefined ? [] : [pair])))
      const commits = new Map(
        [...pairs].flatMap(({ all, best }) => [all, best]).map(({ commit, name }) => [name, commit] as const)
      )
      return {
        branches: [...commits]
          .flatMap(([name, commit]) => (commit === undefined ? [] : [{ name, commit }]))
          .sort((left, right) => (left.name < right.name ? -1 : 1)),
        attempts: [...runs.values()].reduce((sum, { reading }) => sum + reading.judged, 0)
      }
    }
  }
}

import { Effect, Stream } from "effect"
import type {
  CompletionReceived,
  CompletionRequested,
  GenerationRanked,
  HiddenScored,
  InstructionWritten,
  ProgramEvaluated,
  ProgramWritten,
  RunStarted,
  SearchEnded
} from "../domain/events.ts"
import type { NodeId, RunId } from "../domain/ids.ts"
import { EventLog, type LogFailed } from "../services/EventLog.ts"

/** What became of one place of the tree. */
export interface NodeHistory {
  readonly written: ProgramWritten
  readonly evaluated: ProgramEvaluated | undefined
}

/** Everything that a run's log tells, by kind and place: what `show` and `tree` read. */
export interface History {
  readonly started: RunStarted
  readonly nodes: ReadonlyMap<string, NodeHistory>
  readonly instructions: ReadonlyMap<string, InstructionWritten>
  /** The last request for a place, and its answer. */
  readonly requests: ReadonlyMap<string, CompletionRequested>
  readonly answers: ReadonlyMap<string, CompletionReceived>
  readonly rankings: ReadonlyArray<GenerationRanked>
  readonly ended: SearchEnded | undefined
  readonly hidden: HiddenScored | undefined
  readonly events: number
}

/** Reads a run; undefined when it has no events. */
export const historyOf = (runId: RunId): Effect.Effect<History | undefined, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    let started: RunStarted | undefined
    let ended: SearchEnded | undefined
    let hidden: HiddenScored | undefined
    let events = 0
    const nodes = new Map<string, NodeHistory>()
    const instructions = new Map<string, InstructionWritten>()
    const requests = new Map<string, CompletionRequested>()
    const answers = new Map<string, CompletionReceived>()
    const rankings: Array<GenerationRanked> = []
    /** What a fork at a node does not inherit is not seen. */
    const keepPathTo = (node: NodeId) => {
      const isOnPath = (place: string) => place === node || node.startsWith(`${place}.`)
      for (const places of [nodes, instructions, requests, answers]) {
        for (const place of places.keys()) if (!isOnPath(place)) places.delete(place)
      }
      rankings.length = 0
    }
    yield* Stream.runForEach(log.read(runId), ({ event }) =>
      Effect.sync(() => {
        events += 1
        switch (event._tag) {
          case "RunStarted":
            started = event
            break
          case "RunForked":
            if (started !== undefined) {
              const { settings, label, rules, environment } = event
              started = { ...started, settings, label, rules, environment }
            }
            ended = undefined
            hidden = undefined
            if (event.at.kind === "node") keepPathTo(event.at.node)
            break
          case "ProgramWritten":
            nodes.set(event.node, { written: event, evaluated: undefined })
            break
          case "ProgramEvaluated": {
            const node = nodes.get(event.node)
            if (node !== undefined) nodes.set(event.node, { ...node, evaluated: event })
            break
          }
          case "InstructionWritten":
            instructions.set(event.instruction, event)
            break
          case "CompletionRequested":
            requests.set(event.place, event)
            break
          case "CompletionReceived":
            answers.set(event.place, event)
            break
          case "GenerationRanked":
            rankings.push(event)
            break
          case "SearchEnded":
            ended = event
            break
          case "HiddenScored":
            hidden = event
            break
          default:
            break
        }
      })
    )
    if (started === undefined) return undefined
    return { started, nodes, instructions, requests, answers, rankings, ended, hidden, events }
  })

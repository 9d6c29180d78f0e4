import type { CompletionReceived, Event, Ref } from "../events.ts"
import { type InstructionId, type NodeId, nodeOf, parentOf, type RunId } from "../ids.ts"
import type { Role } from "../request.ts"
import type { SearchSettings } from "../settings.ts"
import { addAnswer, type RecordedAnswer, type Tape, type TapeRequest } from "./tape.ts"

/** Puts the answers of one run on a tape, from its events in order. */
export interface Recorder {
  /** `run` is the one that the event is of: of a fork, maybe an ancestor. */
  readonly take: (event: Event, run: RunId) => void
  /** About how many characters of memory it has filled so far. */
  readonly size: () => number
  /** The settings under which the run has ended up; undefined before its beginning. */
  readonly settings: () => SearchSettings | undefined
}

/** What a thing that is kept takes beside its texts. */
const overhead = 300

/** @param source the number of the tape's source that the run is. */
export const makeRecorder = (tape: Tape, source: number): Recorder => {
  const requests = new Map<string, TapeRequest>()
  const programs = new Map<string, Ref | null>()
  let settings: SearchSettings | undefined
  let size = 0
  const take = (event: Event, run: RunId): void => {
    switch (event._tag) {
      case "RunStarted":
      case "RunForked":
        settings = event.settings
        break
      case "ProgramWritten":
        programs.set(event.node, event.program)
        size += overhead + event.node.length
        break
      case "CompletionRequested": {
        const { callKey, place, role, request } = event
        const { temperature, system, user } = request
        const repaired = repairedBy(place, role)
        const program = repaired === undefined ? null : (programs.get(repaired) ?? null)
        requests.set(callKey, { place, role, temperature, system, user, program })
        size += overhead + callKey.length + place.length + 100 * (system.length + user.length)
        break
      }
      case "CompletionReceived": {
        const { callKey, place, answer, finishReason, servedBy } = event
        const request = requests.get(callKey)
        requests.delete(callKey)
        if (request?.place !== place) break
        const { wasResampled, ...from } = originOf(event, run)
        addAnswer(tape, request, { source, place, ...from, answer, finishReason, servedBy }, wasResampled)
        size += 3 * overhead + 2 * place.length + finishReason.length + (servedBy?.length ?? 0)
        break
      }
      default:
        break
    }
  }
  return { take, size: () => size, settings: () => settings }
}

const drawnFresh: ReadonlyArray<string> = ["exact", "request"]

/** Who gave an answer first, and what it took then. */
const originOf = (
  { place, usage, adoptedFrom, tape }: CompletionReceived,
  run: RunId
): Pick<RecordedAnswer, "origin" | "usage"> & { readonly wasResampled: boolean } =>
  tape === undefined || tape.match === "asked"
    ? { origin: { run: adoptedFrom ?? run, place }, usage, wasResampled: false }
    : {
        origin: { run: tape.run, place: tape.place },
        usage: tape.usage,
        wasResampled: !drawnFresh.includes(tape.match)
      }

/** The node whose program a request is about. */
const repairedBy = (place: NodeId | InstructionId, role: Role): NodeId | undefined =>
  role === "explain" ? nodeOf(place as InstructionId) : parentOf(place as NodeId)

import type { Usage } from "../completion.ts"
import type { Ref } from "../events.ts"
import { hashOf } from "../hash.ts"
import { type InstructionId, type NodeId, ordinalOf, type RunId } from "../ids.ts"
import type { Role } from "../request.ts"

/** A request as a tape sees it: everything but the model's name, which is the tape's own now. */
export interface TapeRequest {
  readonly place: NodeId | InstructionId
  readonly role: Role
  readonly temperature: number
  /** The hashes of the messages' parts. */
  readonly system: ReadonlyArray<Ref>
  readonly user: ReadonlyArray<Ref>
  /** The program that is explained or repaired; null for none. */
  readonly program: Ref | null
}

export interface RecordedAnswer {
  /** The number of the tape's source that holds it. */
  readonly source: number
  /** Where it stands there. */
  readonly place: NodeId | InstructionId
  /** Where a model gave it: elsewhere, if a fork or another tape has handed it on. */
  readonly origin: { readonly run: RunId; readonly place: NodeId | InstructionId }
  readonly answer: Ref
  readonly usage: Usage | null
  readonly finishReason: string
  readonly servedBy: string | null
}

type Answers = Map<string, Array<RecordedAnswer>>

/** Recorded answers, in the order of the tape's sources and of their logs, by what they were given to. */
export interface Tape {
  /** By place and request. The first source that has an answer counts, and of its answers the last. */
  readonly exact: Map<string, RecordedAnswer>
  readonly requests: Answers
  readonly messages: Answers
  readonly programs: Answers
  readonly roles: Answers
  /** The origins of all that can be drawn: what was handed on is one answer still. */
  readonly origins: Set<string>
}

export const emptyTape = (): Tape => ({
  exact: new Map(),
  requests: new Map(),
  messages: new Map(),
  programs: new Map(),
  roles: new Map(),
  origins: new Set()
})

/** Under what a request is looked for, from the narrowest to the widest. */
export const keysOf = ({ place, role, temperature, system, user, program }: TapeRequest) => {
  const messages = hashOf(role, JSON.stringify(system), JSON.stringify(user))
  const request = `${messages} ${temperature}`
  return { exact: exactKey(place, request), request, messages, program: `${role} ${program ?? "none"}`, role }
}

export const exactKey = (place: string, request: string): string => `${place} ${request}`

/** Puts an answer on a tape; one that was itself resampled is there for its own place alone. */
export const addAnswer = (
  tape: Tape,
  request: TapeRequest,
  answer: RecordedAnswer,
  wasResampled: boolean
): void => {
  const keys = keysOf(request)
  const standing = tape.exact.get(keys.exact)
  if (standing === undefined || standing.source === answer.source) tape.exact.set(keys.exact, answer)
  const origin = `${answer.origin.run} ${answer.origin.place}`
  if (wasResampled || tape.origins.has(origin)) return
  tape.origins.add(origin)
  addTo(tape.requests, keys.request, answer)
  addTo(tape.messages, keys.messages, answer)
  addTo(tape.programs, keys.program, answer)
  addTo(tape.roles, keys.role, answer)
}

const addTo = (answers: Answers, key: string, answer: RecordedAnswer): void => {
  const known = answers.get(key)
  if (known === undefined) answers.set(key, [answer])
  else known.push(answer)
}

/** A place without its own number: what it shares with the places beside it. */
export const siblingsOf = (place: NodeId | InstructionId): string =>
  place.slice(0, place.length - String(ordinalOf(place)).length)

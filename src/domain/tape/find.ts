import { ordinalOf } from "../ids.ts"
import { randomFor } from "../random.ts"
import { exactKey, keysOf, type RecordedAnswer, siblingsOf, type Tape, type TapeRequest } from "./tape.ts"
import type { TapeMatch } from "./taped.ts"

export interface Found {
  readonly match: TapeMatch
  readonly answer: RecordedAnswer
}

/**
 * The answer that a tape gives to a request, or undefined. It is a function of tape, request and seed alone, never of what
 * was asked before. The places beside one another that make the same request get different answers as long as
 * there are some: first those that none of them has by its place. To use one again is resampling.
 */
export const findAnswer = (
  tape: Tape,
  request: TapeRequest,
  seed: number,
  resamples: boolean
): Found | undefined => {
  const keys = keysOf(request)
  const exact = tape.exact.get(keys.exact)
  if (exact !== undefined) return { match: "exact", answer: exact }
  const same = tape.requests.get(keys.request) ?? []
  const fresh = unusedBeside(tape, request, keys.request, same)
  if (fresh !== undefined)
    return { match: "request", answer: draw(fresh.answers, fresh.turn, request, seed, "request") }
  if (!resamples) return undefined
  const turn = ordinalOf(request.place)
  const pools = [
    ["again", same],
    ["messages", tape.messages.get(keys.messages) ?? []],
    ["program", tape.programs.get(keys.program) ?? []],
    ["role", tape.roles.get(keys.role) ?? []]
  ] as const
  for (const [match, answers] of pools) {
    if (answers.length > 0) return { match, answer: draw(answers, turn, request, seed, match) }
  }
  return undefined
}

/**
 * The answers to a request that no place beside the asking one has by its place, with the turn of the asking one among those
 * that draw from them; undefined when its turn comes after the last.
 */
const unusedBeside = (
  tape: Tape,
  { place }: TapeRequest,
  request: string,
  same: ReadonlyArray<RecordedAnswer>
): { readonly answers: ReadonlyArray<RecordedAnswer>; readonly turn: number } | undefined => {
  const siblings = siblingsOf(place)
  const ordinal = ordinalOf(place)
  const answers: Array<RecordedAnswer> = []
  let turn = ordinal
  for (const answer of same) {
    const hasItsPlace =
      siblingsOf(answer.place) === siblings && tape.exact.get(exactKey(answer.place, request)) === answer
    if (!hasItsPlace) answers.push(answer)
    else if (ordinalOf(answer.place) < ordinal) turn -= 1
  }
  return turn < answers.length ? { answers, turn } : undefined
}

/**
 * The answer of a turn. The turns of places beside one another walk through all answers, from a drawn one on in drawn
 * steps that have no factor in common with their number: none comes twice before each has come once.
 */
const draw = (
  answers: ReadonlyArray<RecordedAnswer>,
  turn: number,
  { place, role }: TapeRequest,
  seed: number,
  match: TapeMatch
): RecordedAnswer => {
  const count = answers.length
  const random = randomFor(seed, "tape", match, role, siblingsOf(place))
  const start = random.integer(0, count - 1)
  let step = random.integer(1, count)
  while (commonFactor(step, count) !== 1) step = (step % count) + 1
  return answers[(start + turn * step) % count]!
}

const commonFactor = (left: number, right: number): number =>
  right === 0 ? left : commonFactor(right, left % right)

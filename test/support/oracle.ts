import { FastCheck } from "effect"
import { randomFor } from "../../src/domain/random.ts"
import type { Role } from "../../src/domain/request.ts"
import { answerWith, drawProgram } from "./smallPrograms.ts"

/** What a world answers: everything is drawn from the seed and the call key, nothing from the order of asking. */
export interface Oracle {
  readonly seed: number
  readonly cases: number
  /** How likely a program is to pass a case. */
  readonly skill: number
  /** How likely an answer is to hold no program. */
  readonly silence: number
}

export const oracles: FastCheck.Arbitrary<Oracle> = FastCheck.record({
  seed: FastCheck.integer({ min: 0, max: 1_000_000 }),
  cases: FastCheck.integer({ min: 1, max: 4 }),
  skill: FastCheck.constantFrom(0.2, 0.5, 0.7),
  silence: FastCheck.constantFrom(0, 0.2)
})

/** The answer to a call. Instructions may be empty. */
export const answerOf = ({ seed, cases, skill, silence }: Oracle, role: Role, callKey: string): string => {
  const random = randomFor(seed, "oracle", callKey)
  if (random.chance(silence)) return role === "explain" ? "" : "I would rather not."
  return role === "explain"
    ? `Change line ${random.integer(1, 9)}.`
    : answerWith(drawProgram(random, cases, skill))
}

import type { UnitTestsCheck } from "../check.ts"
import { hashOf } from "../hash.ts"

/** A whole program that runs one test on a candidate and proves at its end that the test was run to its end. */
export interface Assembly {
  readonly source: string
  readonly mark: Mark
  /**
   * Which lines of the source are whose, for a language that cannot be told in the source itself: the candidate's
   * are from the first line to `program`, and those of the test begin below `test`.
   */
  readonly lines?: { readonly file: string; readonly program: number; readonly test: number }
  /** What was put before the candidate on its first line. */
  readonly prefix?: string
  /** The lines that were put before the candidate's own, where it only continues the prompt. */
  readonly before: number
}

/**
 * What the parts of ours in an assembled program are called, and the number that turns a token into its answer. Both are
 * hashes of the candidate and the test: a candidate cannot hold them, since it would have to hold its own hash.
 */
export interface Mark {
  readonly name: string
  readonly key: number
}

/** What a test is put together from. `isWhole` tells whether the candidate defines the entry point itself. */
export interface Parts {
  readonly check: UnitTestsCheck
  /** The candidate; the prompt before it, where it only continues that. */
  readonly program: string
  readonly test: string
  readonly mark: Mark
}

export const markOf = (check: UnitTestsCheck, program: string, test: string): Mark => {
  const hash = hashOf("unit test", check.language, program, test)
  return { name: `s${hash.slice(0, 12)}`, key: Number.parseInt(hash.slice(12, 19), 16) }
}

/** Prime, so that different tokens have different answers. */
const modulus = 2_147_483_647
const factor = 48_271

/** What a program has to answer to a token, once its last assertion has held; every harness computes the same. */
export const answerTo = (token: number, { key }: Mark): number => (token * factor + key) % modulus

/** The same computation as an expression in a language with 64-bit integers (or doubles). */
export const answerExpression = (token: string, { key }: Mark, suffix = ""): string =>
  `(${token} * ${factor}${suffix} + ${key}${suffix}) % ${modulus}${suffix}`

export const tokenLimit = modulus - 1

export const countLines = (text: string): number => text.split("\n").length

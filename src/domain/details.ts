import { Schema } from "effect"
import { type CaseResult, type Evaluation, evaluationOf } from "./evaluation.ts"
import type { Judged } from "./search/member.ts"
import { fromLetters, isLetter, toLetters } from "./verdict.ts"

/**
 * What an evaluation keeps beside its event: times (ms of processor time) and peak memory (bytes) of all cases as
 * columns, and for those that failed how, by number of the case.
 */
export const Details = Schema.Struct({
  ms: Schema.Array(Schema.Number),
  memoryBytes: Schema.Array(Schema.Number),
  failures: Schema.Array(
    Schema.Struct({
      case: Schema.NonNegativeInt,
      exit: Schema.optionalWith(Schema.Int, { exact: true }),
      signal: Schema.optionalWith(Schema.String, { exact: true }),
      actual: Schema.optionalWith(Schema.String, { exact: true }),
      error: Schema.optionalWith(Schema.String, { exact: true })
    })
  )
})
export type Details = typeof Details.Type

/** Outputs and errors are kept up to here: enough for a model and for a reader. */
const keptCharacters = 2_000

/** A loop over plain arrays: every program that is judged comes by here. */
export const detailsOf = ({ cases }: Evaluation): Details => {
  const ms: Array<number> = []
  const memoryBytes: Array<number> = []
  const failures: Array<Failure> = []
  for (const [index, result] of cases.entries()) {
    ms.push(Math.round(result.ms * 100) / 100)
    memoryBytes.push(result.memoryBytes)
    if (result.verdict === "Passed") continue
    const failure = failureOf(index, result)
    if (failure !== undefined) failures.push(failure)
  }
  return { ms, memoryBytes, failures }
}

type Failure = Details["failures"][number]

/** How a case failed; undefined where nothing is known of it. */
const failureOf = (
  index: number,
  { verdict, exit, signal, actual, error }: CaseResult
): Failure | undefined => {
  if ((exit ?? signal ?? actual ?? error) === undefined) return undefined
  const failure: { -readonly [Key in keyof Failure]: Failure[Key] } = { case: index }
  if (exit !== undefined) failure.exit = exit
  if (signal !== undefined) failure.signal = signal
  if (actual !== undefined) failure.actual = head(actual)
  // A compiler's first error is the one to mend; of a program's words the last say why it ended.
  if (error !== undefined) failure.error = verdict === "CompileError" ? head(error) : tail(error)
  return failure
}

/** What of an evaluation its event carries. */
type Columns = Pick<Judged, "verdicts" | "partial" | "score" | "passed" | "total">

/** The columns of an evaluation. */
export const columnsOf = (evaluation: Evaluation): Columns => ({
  verdicts: toLetters(evaluation.cases.map(({ verdict }) => verdict)),
  partial: evaluation.cases.flatMap(({ score, verdict }, index) =>
    verdict !== "Passed" && score !== 0 ? [[index, score] as const] : []
  ),
  score: evaluation.score,
  passed: evaluation.passed,
  total: evaluation.total
})

/**
 * The columns of the evaluation that some verdicts and partial scores tell of: what `columnsOf` makes of it, without making
 * it. Undefined where there is no such evaluation.
 */
export const columnsFrom = (given: Pick<Judged, "verdicts" | "partial">): Columns | undefined => {
  const { verdicts, partial } = given
  let [sum, passed, next] = [0, 0, 0]
  for (let index = 0; index < verdicts.length; index++) {
    const letter = verdicts.charAt(index)
    if (!isLetter(letter)) return undefined
    const score = partial[next]?.[0] === index ? partial[next]![1] : undefined
    if (letter === "P") {
      passed += 1
      sum += 1
    } else if (score !== undefined && score !== 0) {
      next += 1
      sum += score
    }
  }
  if (next === partial.length)
    return { verdicts, partial, score: sum / Math.max(1, verdicts.length), passed, total: verdicts.length }
  // In another form than it would be written in.
  const evaluation = evaluationFrom(given, { ms: [], memoryBytes: [], failures: [] })
  return evaluation === undefined ? undefined : columnsOf(evaluation)
}

/** The evaluation that columns and details were made of (texts as far as they were kept); undefined if they do not fit. */
export const evaluationFrom = (
  columns: Pick<Judged, "verdicts" | "partial">,
  details: Details
): Evaluation | undefined => {
  const verdicts = fromLetters(columns.verdicts)
  if (verdicts === undefined) return undefined
  const partial = new Map(columns.partial)
  const failures = new Map(details.failures.map(({ case: number, ...failure }) => [number, failure]))
  return evaluationOf(
    verdicts.map((verdict, index): CaseResult => {
      const score = verdict === "Passed" ? 1 : (partial.get(index) ?? 0)
      const measured = { ms: details.ms[index] ?? 0, memoryBytes: details.memoryBytes[index] ?? 0 }
      return { verdict, score, ...measured, ...failures.get(index) }
    })
  )
}

const head = (text: string): string =>
  text.length <= keptCharacters ? text : `${text.slice(0, keptCharacters)}\n… (${text.length} characters)`

const tail = (text: string): string =>
  text.length <= keptCharacters ? text : `… (${text.length} characters)\n${text.slice(-keptCharacters)}`

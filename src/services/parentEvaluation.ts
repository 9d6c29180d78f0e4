import { Effect, Either, Schema } from "effect"
import { Details, evaluationFrom } from "../domain/details.ts"
import type { Evaluation } from "../domain/evaluation.ts"
import { isPlainOf } from "../domain/plainData.ts"
import type { Judged } from "../domain/search/member.ts"
import { type EventLog, LogFailed } from "./EventLog.ts"

const decodedSlowly = Schema.decodeUnknownSync(Details)
const isPlainDetails = isPlainOf(Details)

/** What of a judgement says which evaluation it was. */
type Recorded = Pick<Judged, "verdicts" | "partial" | "details">

/** A recorded evaluation with its details, as far as they were kept. */
export const evaluationOfParent = (
  log: typeof EventLog.Service,
  { judged }: { readonly judged: Recorded }
): Effect.Effect<Evaluation, LogFailed> =>
  Effect.flatMap(log.text(judged.details), (text) => evaluationIn(judged, text))

/** The same, from the text of its details. */
export const evaluationIn = (judged: Recorded, text: string): Either.Either<Evaluation, LogFailed> =>
  Either.try({ try: () => decoded(text), catch: (error) => damaged(judged, textOf(error)) }).pipe(
    Either.flatMap((details) =>
      Either.fromNullable(evaluationFrom(judged, details), () =>
        damaged(judged, "its verdicts are not known")
      )
    )
  )

const decoded = (text: string): Details => {
  const value: unknown = JSON.parse(text)
  return isPlainDetails(value) ? value : decodedSlowly(value)
}

const damaged = ({ details }: Recorded, reason: string): LogFailed =>
  new LogFailed({ file: "", doing: `reading the evaluation ${details}`, reason })

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

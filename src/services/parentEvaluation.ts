import { Effect, Schema } from "effect"
import { Details, evaluationFrom } from "../domain/details.ts"
import type { Evaluation } from "../domain/evaluation.ts"
import { isPlainOf } from "../domain/plainData.ts"
import type { Judged } from "../domain/search/member.ts"
import { type EventLog, LogFailed } from "./EventLog.ts"

const decodedSlowly = Schema.decodeUnknown(Details)
const isPlainDetails = isPlainOf(Details)

const decodeDetails = (text: string) =>
  Effect.flatMap(
    Effect.try(() => JSON.parse(text) as unknown),
    (value) => (isPlainDetails(value) ? Effect.succeed(value) : decodedSlowly(value))
  )

/** A recorded evaluation with its details, as far as they were kept. */
export const evaluationOfParent = (
  log: typeof EventLog.Service,
  { judged }: { readonly judged: Pick<Judged, "verdicts" | "partial" | "details"> }
): Effect.Effect<Evaluation, LogFailed> =>
  log.text(judged.details).pipe(
    Effect.flatMap((text) =>
      Effect.mapError(decodeDetails(text), (error) => damaged(judged.details, error.message))
    ),
    Effect.flatMap((details) => {
      const evaluation = evaluationFrom(judged, details)
      return evaluation === undefined
        ? damaged(judged.details, "its verdicts are not known")
        : Effect.succeed(evaluation)
    })
  )

const damaged = (ref: string, reason: string): LogFailed =>
  new LogFailed({ file: "", doing: `reading the evaluation ${ref}`, reason })

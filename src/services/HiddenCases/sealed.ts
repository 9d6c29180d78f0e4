import { Effect, Schema } from "effect"
import { Case } from "../../domain/problem.ts"
import { type EventLog, LogFailed } from "../EventLog.ts"

const SealedCases = Schema.parseJson(Schema.Array(Case))
const encode = Schema.encodeSync(SealedCases)
const decode = Schema.decodeUnknown(SealedCases)

/** The document in which a run's hidden cases lie in the log until its end. */
export const seal = (cases: ReadonlyArray<Case>): string => encode(cases)

/** Opens that document. `npm run check` lets only the final scoring import this. */
export const unseal = (
  log: typeof EventLog.Service,
  document: string
): Effect.Effect<ReadonlyArray<Case>, LogFailed> =>
  log
    .text(document)
    .pipe(
      Effect.flatMap((text) =>
        Effect.mapError(
          decode(text),
          (error) => new LogFailed({ file: "", doing: "opening the hidden cases", reason: error.message })
        )
      )
    )

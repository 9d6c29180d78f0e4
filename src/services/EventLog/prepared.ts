import { Either } from "effect"
import { eventForms, type Forms } from "../../domain/eventForms.ts"
import { refOf } from "../../domain/refs.ts"
import { type Entry, LogFailed } from "../EventLog.ts"
import { maxBlobBytes } from "./blob.ts"
import { type Draft, draftOf } from "./eventRow.ts"

/** What one call of `append` brings, looked at and ready to be written. */
export interface Prepared {
  readonly drafts: ReadonlyArray<Draft>
  /** The texts by their hashes, each one once. */
  readonly texts: ReadonlyMap<string, string>
}

/** Why a second answer to a call is not taken, whatever it says. */
export const answeredBefore =
  "an answer to this call is in the log already; it stays, and this one was not added"

/** Looks at entries and texts before anything is written; whatever is wrong with them fails this call alone. */
export const prepared = (
  file: string,
  entries: ReadonlyArray<Entry>,
  texts: ReadonlyArray<string>,
  forms: Forms = eventForms
): Either.Either<Prepared, LogFailed> =>
  Either.try({
    try: () => {
      const named = new Map<string, string>()
      for (const text of texts) {
        // A UTF-16 unit takes at most three bytes.
        const size = text.length > maxBlobBytes / 3 ? Buffer.byteLength(text) : 0
        if (size > maxBlobBytes) {
          throw new Error(`a text of ${size} bytes is over the ${maxBlobBytes} that a log takes`)
        }
        named.set(refOf(text), text)
      }
      return { drafts: entries.map((entry) => draftOf(entry, forms)), texts: named }
    },
    catch: (error) =>
      new LogFailed({
        file,
        doing: "appending to it",
        reason: error instanceof Error ? error.message : String(error)
      })
  })

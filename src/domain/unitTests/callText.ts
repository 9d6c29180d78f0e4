import { jsonText } from "./jsonText.ts"
import { cutText } from "./plainText.ts"
import { wordsText } from "./wordsText.ts"

/** A call of the candidate as it crossed from one process to the other: the values that it was given and what came. */
export interface Call {
  readonly given: string
  readonly gave: string
}

/** How a language writes values between the processes: see `wordsText` and `jsonText`. */
export type Form = "words" | "json"

/** What a call was given and gave, on one line: `evens([1, 2]) gave [1]`. Long values are cut. */
export const callText = (name: string, form: Form, { gave, given }: Call): string => {
  const asked = form === "json" ? jsonText(given)?.slice(1, -1) : wordsText(given)
  const came = form === "json" ? jsonText(gave) : wordsText(gave)
  return `${name}(${cutText(asked ?? "…")}) gave ${came === undefined ? "what is no value" : cutText(came)}`
}

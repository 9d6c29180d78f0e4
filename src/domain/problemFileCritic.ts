import { Schema } from "effect"
import { expects, Line, text } from "./problemFileTexts.ts"

const aCritic = "the path of an executable, or a list of one and its first arguments"
const aTime = "a number of seconds, more than 0, up to a day"
const someTrials = "a list of lines, of which each is what the critic is told in one trial"

const Word = text(aCritic).pipe(Schema.pattern(/^[^\0]+$/, expects(aCritic)))

const trials = (description: string) =>
  Schema.optionalWith(
    Schema.Array(Line)
      .annotations(expects(someTrials))
      .pipe(Schema.minItems(1, { ...expects("a list with at least one line"), description })),
    { exact: true }
  )

/** What a problem file says of its critic. */
export const criticFields = {
  critic: Schema.Union(
    Word,
    Schema.Array(Word)
      .annotations(expects(aCritic))
      .pipe(Schema.minItems(1, expects(aCritic)))
  ).annotations({
    ...expects(aCritic),
    description:
      "An executable of yours that judges the program; it runs as you, unconfined. Its path is relative to this file. It may be a list, with first arguments."
  }),
  time: Schema.optionalWith(
    Schema.Number.annotations(expects(aTime)).pipe(
      Schema.filter((seconds) => seconds > 0 && seconds <= 86_400, {
        ...expects(aTime),
        jsonSchema: { exclusiveMinimum: 0, maximum: 86_400 },
        description: "How long one trial may take in all, in seconds. 60 by default."
      })
    ),
    { exact: true }
  ),
  trials: trials(
    "The critic is asked once for each, with it as its last argument. One that is empty by default."
  ),
  hiddenTrials: trials("Trials that judge the best program once, at the end. The search cannot see them.")
}

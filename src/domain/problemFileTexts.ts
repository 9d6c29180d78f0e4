import { Schema } from "effect"

/** A message that ends the sentence "… is …, expected". */
export const expects = (text: string) => ({ message: () => text })

const aLine = "a line: a text without line break, a number, true or false"

/** Half of a surrogate pair can be written in JSON, but no program can read it. */
export const text = (expected: string) =>
  Schema.String.annotations(expects(expected)).pipe(
    Schema.filter((content) => !/\p{Cs}/u.test(content), {
      ...expects("valid Unicode, not half of a surrogate pair"),
      jsonSchema: {}
    })
  )

export const Line = Schema.Union(
  text(aLine).pipe(Schema.pattern(/^[^\n]*$/, { ...expects(aLine), description: "A line." })),
  Schema.Number.annotations(expects(aLine)),
  Schema.Boolean.annotations(expects(aLine))
).annotations(expects(aLine))

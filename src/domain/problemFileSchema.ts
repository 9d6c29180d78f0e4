import { Schema } from "effect"
import { languages } from "./language.ts"
import { languageNamed } from "./languageNamed.ts"
import type { Path } from "./located.ts"
import { criticFields } from "./problemFileCritic.ts"
import { expects, Line, text } from "./problemFileTexts.ts"

const caseText = 'a text ("" for an empty one) or a list of lines'
const aName = "1 to 100 printable characters without / and \\, not . or .., no space at either end"
const aDescription = "a text that tells what the program has to do"
const aTolerance = "a number, 0 or more"
const oneOf = (...words: ReadonlyArray<string>) => ({
  message: () => ({ message: words.join(" or "), override: true })
})
const aComparison = "exact, numeric, or a mapping with kind, absolute, relative, trailing"
const aLanguage = `one of ${Object.values(languages)
  .map(({ aliases }) => aliases[0])
  .join(", ")}`

const CaseText = Schema.Union(
  text(caseText),
  Schema.Number.annotations(expects(caseText)),
  Schema.Boolean.annotations(expects(caseText)),
  Schema.Array(Line).annotations(expects(caseText))
).annotations({
  ...expects(caseText),
  identifier: "CaseText",
  description:
    "A text, or a list of lines. It ends with a line end, which is added where it is missing; an empty text stays empty. Numbers, true and false stand for what the file holds: 1.50 is 1.50."
})

const FileCase = Schema.Struct({ input: CaseText, output: CaseText }).annotations({
  ...expects("a case: a mapping with input and output"),
  identifier: "Case",
  description: "What the program reads on standard input, and what it has to print."
})

const cases = (description: string) =>
  Schema.Array(FileCase).annotations({
    ...expects("a list of cases, each with input and output"),
    description
  })

const tolerance = (description: string) =>
  Schema.optionalWith(
    Schema.Number.annotations(expects(aTolerance)).pipe(
      Schema.filter((number) => number >= 0 && number < Number.POSITIVE_INFINITY, {
        ...expects(aTolerance),
        jsonSchema: { minimum: 0 },
        description
      })
    ),
    { exact: true }
  )

const FileComparison = Schema.Struct({
  kind: Schema.Literal("exact", "numeric").annotations(oneOf("exact", "numeric")),
  absolute: tolerance("With numeric: the greatest difference that is none. 1e-6 by default."),
  relative: tolerance(
    "With numeric: the same as a share of the expected number; one of both is enough. 1e-9 by default."
  ),
  trailing: Schema.optionalWith(
    Schema.Literal("keep", "ignore").annotations({
      ...oneOf("keep", "ignore"),
      description:
        "Whether spaces at the end of a line and empty lines at the end of the output count (keep) or not (ignore, the default)."
    }),
    { exact: true }
  )
})

const AnyComparison = Schema.Union(
  Schema.Literal("exact", "numeric").annotations(oneOf(aComparison)),
  FileComparison.annotations(expects(aComparison)).pipe(
    Schema.filter(({ kind, absolute, relative }) =>
      (["absolute", "relative"] as const)
        .filter((key) => kind === "exact" && { absolute, relative }[key] !== undefined)
        .map((key) => ({ path: [key], message: "no tolerance, since kind is exact" }))
    )
  )
).annotations({
  description:
    "How what a program prints is compared with the expected output, line by line. exact by default."
})

const frame = {
  name: text(aName).pipe(
    Schema.pattern(/^(?!\.{1,2}$)(?! )(?!.* $)(?:[^\p{C}\p{Z}/\\]| ){1,100}$/u, {
      ...expects(aName),
      description: `The name under which runs list the problem: ${aName}.`
    })
  ),
  description: text(aDescription).pipe(
    Schema.pattern(/\S/, {
      ...expects(aDescription),
      description: "What the program has to do, for the model: input, output, limits, special cases."
    })
  ),
  language: Schema.optionalWith(
    text(aLanguage).pipe(
      Schema.filter((spelling) => languageNamed(spelling) !== undefined, {
        ...expects(aLanguage),
        jsonSchema: { examples: Object.values(languages).map(({ aliases }) => aliases[0]) },
        description: `The language to write the program in, where the user names none: ${aLanguage}.`
      })
    ),
    { exact: true }
  )
}

/** A problem whose programs are judged by what they print. */
export const ExamplesFile = Schema.Struct({
  ...frame,
  examples: cases("").pipe(
    Schema.minItems(1, {
      ...expects("a list with at least one case"),
      title: "examples",
      description: "The cases that may be shown to the model; they are validation cases too."
    })
  ),
  validation: Schema.optionalWith(
    cases("Further cases that drive the search; the model sees one only where its program fails on it."),
    { exact: true }
  ),
  hidden: Schema.optionalWith(
    cases("The cases that judge the best program once, at the end. The search cannot see them."),
    { exact: true }
  ),
  comparison: Schema.optionalWith(AnyComparison, { exact: true })
}).annotations({
  ...expects("a mapping with name, description and examples"),
  title: "A problem with examples",
  identifier: "ExamplesFile"
})

/** A problem whose programs are judged by an executable of the user's. */
export const CriticFile = Schema.Struct({ ...frame, ...criticFields }).annotations({
  ...expects("a mapping with name, description and critic"),
  title: "A problem with a critic",
  identifier: "CriticFile"
})

/** The one definition of the format; `docs/problem.schema.json` is generated from it. */
export const ProblemFileSchema = Schema.Union(ExamplesFile, CriticFile).annotations({
  title: "A problem for seidr",
  identifier: "ProblemFile"
})

/** The fields that a mapping at a path may have, in a file with a critic or with examples. */
export const fieldsAt = (path: Path, hasCritic: boolean): ReadonlyArray<string> => {
  if (path.length === 0) return Object.keys((hasCritic ? CriticFile : ExamplesFile).fields)
  return path[0] === "comparison" ? Object.keys(FileComparison.fields) : Object.keys(FileCase.fields)
}

import { Either, Schema } from "effect"
import { type Comparison, exactly } from "./comparison.ts"
import { type Language, languageNamed } from "./language.ts"
import { entryOf, type Fault, type Located, nodeAt, plainOf } from "./located.ts"
import type { IoCase } from "./problem.ts"
import { faultsOf } from "./problemFileFaults.ts"
import { ProblemFileSchema } from "./problemFileSchema.ts"

/** What a problem file says, its cases in the form that programs meet. */
export interface ProblemFile {
  readonly name: string
  readonly description: string
  readonly language: Language | undefined
  readonly comparison: Comparison
  /** The cases that may be shown; never empty. */
  readonly examples: readonly [IoCase, ...ReadonlyArray<IoCase>]
  /** Further cases that drive the search. */
  readonly validation: ReadonlyArray<IoCase>
  readonly hidden: ReadonlyArray<IoCase>
}

const numerically: Comparison = { kind: "numeric", absolute: 1e-6, relative: 1e-9, trailing: "ignore" }

const decode = Schema.decodeUnknownEither(ProblemFileSchema, { errors: "all", onExcessProperty: "error" })

/** Reads a problem file's content; all faults, in the order of their lines, when it is not one. */
export const readProblemFile = (root: Located): Either.Either<ProblemFile, ReadonlyArray<Fault>> =>
  Either.mapBoth(decode(plainOf(root)), {
    onLeft: (error) => faultsOf(error, root),
    onRight: ({ name, description, language, comparison }) => {
      const [first, ...others] = casesAt(root, "examples")
      return {
        name,
        description,
        language: language === undefined ? undefined : languageNamed(language),
        comparison: comparisonOf(comparison),
        examples: [first!, ...others],
        validation: casesAt(root, "validation"),
        hidden: casesAt(root, "hidden")
      }
    }
  })

const comparisonOf = (given: (typeof ProblemFileSchema.Type)["comparison"]): Comparison => {
  if (given === undefined || given === "exact") return exactly
  if (given === "numeric") return numerically
  return given.kind === "exact" ? { ...exactly, ...given } : { ...numerically, ...given }
}

/** The cases are read from the tree, since the decoded value no longer tells 1.50 from 1.5. */
const casesAt = (root: Located, field: string): ReadonlyArray<IoCase> => {
  const list = nodeAt(root, [field])
  if (list?._tag !== "List") return []
  return list.items.map((item) => ({
    input: textOf(entryOf(item, "input")?.value),
    output: textOf(entryOf(item, "output")?.value)
  }))
}

const textOf = (node: Located | undefined): string => {
  if (node?._tag === "Scalar")
    return node.text === "" || node.text.endsWith("\n") ? node.text : `${node.text}\n`
  if (node?._tag !== "List") return ""
  return node.items.map((item) => (item._tag === "Scalar" ? `${item.text}\n` : "")).join("")
}

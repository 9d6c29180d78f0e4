import { Either, Schema } from "effect"
import { type Comparison, exactly } from "./comparison.ts"
import type { Language } from "./language.ts"
import { languageNamed } from "./languageNamed.ts"
import { entryOf, type Fault, type Located, nodeAt, plainOf } from "./located.ts"
import type { IoCase, Trial } from "./problem.ts"
import { faultsOf } from "./problemFileFaults.ts"
import { CriticFile, ExamplesFile } from "./problemFileSchema.ts"

/** What a problem file says, its cases in the form that programs meet. */
export type ProblemFile = ProblemFileFrame & (WithExamples | WithCritic)

interface ProblemFileFrame {
  readonly name: string
  readonly description: string
  readonly language: Language | undefined
}

interface WithExamples {
  readonly judge: "examples"
  readonly comparison: Comparison
  /** The cases that may be shown; never empty. */
  readonly examples: readonly [IoCase, ...ReadonlyArray<IoCase>]
  /** Further cases that drive the search. */
  readonly validation: ReadonlyArray<IoCase>
  readonly hidden: ReadonlyArray<IoCase>
}

interface WithCritic {
  readonly judge: "critic"
  /** As the file has it: relative to its folder. */
  readonly command: readonly [string, ...ReadonlyArray<string>]
  readonly timeMs: number
  readonly trials: readonly [Trial, ...ReadonlyArray<Trial>]
  readonly hidden: ReadonlyArray<Trial>
}

const numerically: Comparison = { kind: "numeric", absolute: 1e-6, relative: 1e-9, trailing: "ignore" }
const usualTime = 60

const strictly = { errors: "all", onExcessProperty: "error" } as const
const decodeExamples = Schema.decodeUnknownEither(ExamplesFile, strictly)
const decodeCritic = Schema.decodeUnknownEither(CriticFile, strictly)

/** Reads a problem file's content; all faults, in the order of their lines, when it is not one. */
export const readProblemFile = (root: Located): Either.Either<ProblemFile, ReadonlyArray<Fault>> =>
  Either.mapLeft(entryOf(root, "critic") === undefined ? withExamples(root) : withCritic(root), (error) =>
    faultsOf(error, root)
  )

const withExamples = (root: Located) =>
  Either.map(decodeExamples(plainOf(root)), ({ comparison, ...given }): ProblemFile => {
    const [first, ...others] = casesAt(root, "examples")
    return {
      ...frameOf(given),
      judge: "examples",
      comparison: comparisonOf(comparison),
      examples: [first!, ...others],
      validation: casesAt(root, "validation"),
      hidden: casesAt(root, "hidden")
    }
  })

const withCritic = (root: Located) =>
  Either.map(decodeCritic(plainOf(root)), ({ critic, time = usualTime, ...given }): ProblemFile => {
    const [file, ...words] = typeof critic === "string" ? [critic] : critic
    const [first = { argument: "" }, ...others] = trialsAt(root, "trials")
    return {
      ...frameOf(given),
      judge: "critic",
      command: [file!, ...words],
      timeMs: Math.ceil(time * 1_000),
      trials: [first, ...others],
      hidden: trialsAt(root, "hiddenTrials")
    }
  })

const frameOf = ({
  name,
  description,
  language
}: Pick<typeof ExamplesFile.Type, "name" | "description" | "language">): ProblemFileFrame => ({
  name,
  description,
  language: language === undefined ? undefined : languageNamed(language)
})

const comparisonOf = (given: (typeof ExamplesFile.Type)["comparison"]): Comparison => {
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

const trialsAt = (root: Located, field: string): ReadonlyArray<Trial> => {
  const list = nodeAt(root, [field])
  if (list?._tag !== "List") return []
  return list.items.flatMap((item) => (item._tag === "Scalar" ? [{ argument: item.text }] : []))
}

const textOf = (node: Located | undefined): string => {
  if (node?._tag === "Scalar")
    return node.text === "" || node.text.endsWith("\n") ? node.text : `${node.text}\n`
  if (node?._tag !== "List") return ""
  return node.items.map((item) => (item._tag === "Scalar" ? `${item.text}\n` : "")).join("")
}

import type { Comparison } from "../comparison.ts"
import type { TaskLanguage } from "../language.ts"
import type { Random } from "../random.ts"

/** A value of a PSB2 case: what the data files hold as `input1`, `output1` … */
export type Value = boolean | number | string | ReadonlyArray<number>

/**
 * How a value is written as text: an integer or a string is one line, a float is printed as Python does (`3.0`,
 * `1e-05`), a boolean is `True` or `False`, a list is two lines: its length, and its items with spaces.
 */
export type Kind = "int" | "float" | "string" | "bool" | "ints" | "floats"

/**
 * Something that programs get wrong, as an edit of the reference program: `[what stands there, what stands there
 * instead]`. Whatever other mistakes of the task are made, exactly one of the two texts is in the program, once: so
 * mistakes can be made in any order, recognised, and undone one by one.
 */
export interface Mistake {
  readonly kind: "off-by-one" | "edge-case" | "format" | "logic"
  /** What is wrong and how to mend it, as a reviewer would say it, in one sentence. */
  readonly advice: string
  readonly edits: Readonly<Record<TaskLanguage, readonly [string, string]>>
}

/** One of the 25 problems of PSB2 (Helmuth and Kelly 2021), in our own words. */
export interface Task {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputs: ReadonlyArray<Kind>
  readonly outputs: ReadonlyArray<Kind>
  readonly comparison: Comparison
  /** Hand-picked inputs at the borders of the published limits. */
  readonly edges: ReadonlyArray<ReadonlyArray<Value>>
  /** A random input within the published limits. */
  readonly generate: (random: Random) => ReadonlyArray<Value>
  /** The right outputs; the judge of the generated cases. */
  readonly solve: (...input: ReadonlyArray<never>) => ReadonlyArray<Value>
  /** A complete right program per language. */
  readonly programs: Readonly<Record<TaskLanguage, string>>
  readonly mistakes: ReadonlyArray<Mistake>
}

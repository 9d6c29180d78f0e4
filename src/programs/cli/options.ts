import { Args, HelpDoc, Options, ValidationError } from "@effect/cli"
import { Either, Option } from "effect"
import { mostLimits } from "../../domain/evaluation.ts"
import { Language } from "../../domain/language.ts"
import { languageNamed } from "../../domain/languageNamed.ts"
import { quoted } from "../../domain/located.ts"
import { bytesOf, millisecondsOf } from "../../domain/units.ts"
import { isProject } from "../../domain/wandb/message.ts"
import type { Trust } from "../trust.ts"
import type { Argument, Flag } from "./command.ts"
import { textIn } from "./parserWords.ts"

/** A flag's text as a value; on the left, what was expected. */
export type Reader<A> = (text: string) => Either.Either<A, string>

/**
 * An optional flag with a value. The CLI library takes `NaN` and `-1` for numbers and describes what is wrong in its
 * own words, so every value goes through a reader of ours.
 */
export const flag = <A>(
  name: string,
  value: string,
  read: Reader<A>,
  about: string
): Flag<Option.Option<A>> & { readonly read: Reader<A> } => ({
  flag: { name, value, about, isRequired: false },
  parser: Options.optional(reading(name, read, about)),
  read
})

/** The same flag under another command, where its help has to say something else. */
export const saying = <A>(option: Flag<A>, about: string): Flag<A> => ({
  ...option,
  flag: { ...option.flag, about }
})

/** A flag with a value that has to be there. */
export const requiredFlag = <A>(name: string, value: string, read: Reader<A>, about: string): Flag<A> => ({
  flag: { name, value, about, isRequired: true },
  parser: reading(name, read, about)
})

/** A flag that stands alone. */
export const toggle = (name: string, about: string): Flag<boolean> => ({
  flag: { name, value: null, about, isRequired: false },
  parser: Options.withDescription(Options.boolean(name), about)
})

export const argument = (name: string, about: string): Argument<string> => ({
  argument: { name, about, isRequired: true, isRepeated: false },
  parser: Args.map(Args.withDescription(Args.text({ name }), about), textIn)
})

export const optionalArgument = (name: string, about: string): Argument<Option.Option<string>> => ({
  argument: { name, about, isRequired: false, isRepeated: false },
  parser: Args.optional(argument(name, about).parser)
})

/** Any number of arguments, or at least one. */
export const argumentsOf = (
  name: string,
  about: string,
  isRequired: boolean
): Argument<ReadonlyArray<string>> => ({
  argument: { name, about, isRequired, isRepeated: true },
  parser: Args.repeated(argument(name, about).parser)
})

const reading = <A>(name: string, read: Reader<A>, about: string): Options.Options<A> =>
  Options.text(name).pipe(
    Options.map(textIn),
    Options.mapEffect((given) =>
      Either.mapLeft(read(given), (expected) =>
        ValidationError.invalidValue(HelpDoc.p(`--${name} is ${quoted(given)}, and has to be ${expected}`))
      )
    ),
    Options.withDescription(about)
  )

const from =
  <A>(convert: (text: string) => A | undefined, expected: string): Reader<A> =>
  (text) => {
    const value = convert(text)
    return value === undefined ? Either.left(expected) : Either.right(value)
  }

const wholeNumber = (text: string): number | undefined =>
  /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined

export const count: Reader<number> = from((text) => {
  const value = wholeNumber(text)
  return value !== undefined && value >= 1 ? value : undefined
}, "a whole number from 1 on")

/** A count with an upper bound. */
export const countUpTo = (most: number): Reader<number> =>
  from((text) => {
    const value = wholeNumber(text)
    return value !== undefined && value >= 1 && value <= most ? value : undefined
  }, `a whole number from 1 to ${most}`)

export const countOrZero: Reader<number> = from((text) => {
  const value = wholeNumber(text)
  return value !== undefined && value >= 0 ? value : undefined
}, "a whole number from 0 on")

export const integer: Reader<number> = from(wholeNumber, "a whole number")

export const duration: Reader<number> = from((text) => {
  const value = millisecondsOf(text)
  return value !== undefined && value >= 1 ? value : undefined
}, "a duration such as 2s, 500ms or 1m")

/** Processor time of a case. */
export const caseTime: Reader<number> = from((text) => {
  const value = millisecondsOf(text)
  return value !== undefined && value >= 1 && value <= mostLimits.timeMs ? value : undefined
}, "a duration such as 2s, 500ms or 1m, at most 1h")

/** Memory of a case. */
export const caseMemory: Reader<number> = from((text) => {
  const value = bytesOf(text)
  return value !== undefined && value >= 2 ** 20 && value <= mostLimits.memoryBytes ? value : undefined
}, "a size such as 256MB, at least 1MB and at most 1024GB")

export const text: Reader<string> = from((value) => (value.trim() === "" ? undefined : value), "something")

export const choice = <A extends string>(...choices: ReadonlyArray<A>): Reader<A> =>
  from((value) => choices.find((candidate) => candidate === value), `one of ${choices.join(", ")}`)

export const language: Reader<Language> = from(languageNamed, `one of ${Language.literals.join(", ")}`)

export const database = flag("db", "FILE", text, "the log; default SEIDR_DB, else seidr.db here")
export const json = toggle("json", "end with one JSON document, alone on the last line of standard output")
export const dataFolder = flag(
  "data",
  "FOLDER",
  text,
  "where data sets' files are; default SEIDR_DATA, DATA_PATH"
)
export const timeLimit = flag("time-limit", "TIME", caseTime, "processor time per case; default 2s")
export const memoryLimit = flag("memory-limit", "SIZE", caseMemory, "memory per case; default 256MB")
export const languageFlag = flag(
  "language",
  "NAME",
  language,
  `default python; one of ${Language.literals.join(", ")}`
)
export const unconfined = toggle(
  "unconfined",
  "where no sandbox can be had, let programs run with all your rights"
)
export const trustCritic = toggle(
  "trust-critic",
  "let the critic that the log names judge programs, with all your rights"
)
export const trustChangedCritic = toggle(
  "trust-changed-critic",
  "as --trust-critic, though it is not what it was when the run began"
)
/** What the two flags say together. */
export const trustOf = (flags: {
  readonly trustCritic: boolean
  readonly trustChangedCritic: boolean
}): Trust => (flags.trustChangedCritic ? "though changed" : flags.trustCritic ? "trusted" : "refused")
export const noCache = toggle(
  "no-cache",
  "run every program anew, and keep no evaluation or compiled program for later runs"
)
export const projectName = from(
  (value) => (isProject(value) ? value : undefined),
  "the name of a project, without any of / \\ # ? % :"
)
export const wandbProject = flag(
  "wandb",
  "PROJECT",
  projectName,
  "show the runs in this project of Weights & Biases; the key is WANDB_API_KEY (docs/wandb.md)"
)
export const run = argument("RUN", "a run: its id, a unique prefix of the id, or its label")

export const or = <A>(value: Option.Option<A>, otherwise: A): A => Option.getOrElse(value, () => otherwise)

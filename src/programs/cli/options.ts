import { HelpDoc, Options, ValidationError } from "@effect/cli"
import { Effect, Either, Option } from "effect"
import { Language, languageNamed } from "../../domain/language.ts"
import { bytesOf, millisecondsOf } from "../../domain/units.ts"

/** A flag's text as a value; on the left, what was expected. */
type Reader<A> = (text: string) => Either.Either<A, string>

/**
 * An optional flag with a value. The CLI library takes `NaN` and `-1` for numbers and describes what is wrong in its
 * own words, so every value goes through a reader of ours.
 */
export const flag = <A>(
  name: string,
  read: Reader<A>,
  description: string
): Options.Options<Option.Option<A>> =>
  Options.text(name).pipe(
    Options.mapEffect((text) =>
      Either.match(read(text), {
        onLeft: (expected) =>
          Effect.fail(
            ValidationError.invalidValue(
              HelpDoc.p(`--${name} is ${JSON.stringify(text)}, and has to be ${expected}`)
            )
          ),
        onRight: (value) => Effect.succeed(value)
      })
    ),
    Options.withDescription(description),
    Options.optional
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

export const countOrZero: Reader<number> = from((text) => {
  const value = wholeNumber(text)
  return value !== undefined && value >= 0 ? value : undefined
}, "a whole number from 0 on")

export const integer: Reader<number> = from(wholeNumber, "a whole number")

export const duration: Reader<number> = from((text) => {
  const value = millisecondsOf(text)
  return value !== undefined && value >= 1 ? value : undefined
}, "a duration such as 2s, 500ms or 1m")

export const size: Reader<number> = from((text) => {
  const value = bytesOf(text)
  return value !== undefined && value >= 2 ** 20 ? value : undefined
}, "a size such as 256MB, at least 1MB")

export const text: Reader<string> = from((value) => (value.trim() === "" ? undefined : value), "something")

export const choice = <A extends string>(...choices: ReadonlyArray<A>): Reader<A> =>
  from((value) => choices.find((candidate) => candidate === value), `one of ${choices.join(", ")}`)

export const language: Reader<Language> = from(languageNamed, `one of ${Language.literals.join(", ")}`)

export const database = flag("db", text, "The log; default seidr.db in the working directory, or SEIDR_DB")
export const json = Options.boolean("json").pipe(
  Options.withDescription("End with one JSON document, alone on the last line of standard output")
)
export const dataFolder = flag("data", text, "Folder with official data files, or DATA_PATH")
export const timeLimit = flag("time-limit", duration, "Processor time per case; default 2s")
export const memoryLimit = flag("memory-limit", size, "Memory per case; default 256MB")
export const languageFlag = flag("language", language, "python (default) or cpp")
export const unconfined = Options.boolean("unconfined").pipe(
  Options.withDescription("Where no sandbox can be had, let programs run as you do")
)

export const or = <A>(value: Option.Option<A>, otherwise: A): A => Option.getOrElse(value, () => otherwise)

import { Either } from "effect"
import type { Event } from "./events.ts"

/** The fields of an event as they are stored, in whatever version. */
export type Fields = Readonly<Record<string, unknown>>

/** Makes of an event's fields in one version those of the next. Pure, and total on what that version wrote. */
export type Upcaster = (fields: Fields) => Fields

/** For every event the steps from its first version to the present one: the version is one more than there are. */
export type Forms = Readonly<Record<Event["_tag"], ReadonlyArray<Upcaster>>>

/** Version 2: the fields that are columns of the row, too, stand there alone. The fields are the same. */
export const storedOnce: Upcaster = (fields) => fields

/**
 * The versions of the events, in one place. To change what an event looks like: change its schema in `events.ts`, add
 * here what makes the new form of the old one, and add a migration (an empty one, if no table changes), so that an
 * older seidr refuses the log when it opens it. Rows that are stored are never rewritten.
 */
export const eventForms: Forms = {
  RunStarted: [],
  RunForked: [],
  CompletionRequested: [storedOnce],
  CompletionReceived: [storedOnce],
  CompletionFailed: [storedOnce],
  ProgramWritten: [storedOnce],
  ProgramEvaluated: [storedOnce],
  GenerationRanked: [],
  InstructionWritten: [storedOnce],
  SearchEnded: [],
  HiddenScored: [storedOnce],
  RunFinished: [],
  RunResumed: [],
  RunInterrupted: []
}

/** The version in which events of a type are written now. */
export const versionOf = (type: Event["_tag"], forms: Forms = eventForms): number => forms[type].length + 1

/** The fields of a stored event in the present version. On the left, why this version cannot know them. */
export const broughtUp = (
  type: string,
  ver: number,
  fields: Fields,
  forms: Forms = eventForms
): Either.Either<Fields, string> => {
  if (!isKnown(type, forms)) {
    return Either.left(
      `is a ${JSON.stringify(type)}, and this seidr knows ${Object.keys(forms).join(", ")}; use a newer seidr`
    )
  }
  const newest = versionOf(type, forms)
  if (ver > newest) {
    return Either.left(
      `is a ${type} of version ${ver}, and this seidr knows it up to version ${newest}; use a newer seidr`
    )
  }
  if (ver < 1) return Either.left(`is a ${type} of version ${ver}, and the first is 1`)
  return Either.right(forms[type].slice(ver - 1).reduce((older, upcast) => upcast(older), fields))
}

const isKnown = (type: string, forms: Forms): type is Event["_tag"] => Object.hasOwn(forms, type)

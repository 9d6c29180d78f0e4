import { Either } from "effect"
import { type OnMiss, onMissFrom, spelledOnMiss } from "./onMiss.ts"

/** A recording that a tape is made of: a run, up to a position, or all that is finished in a file, up to a last run. */
export type TapeSource =
  | {
      readonly kind: "run"
      /** The log that the run is in; null for the log at hand. */
      readonly file: string | null
      readonly run: string
      /** The last position that counts; null for all of them. */
      readonly position: number | null
    }
  | { readonly kind: "file"; readonly file: string; readonly last: string | null }

/** What a model's name `tape:SOURCE[,SOURCE…][?on-miss=…]` says. */
export interface TapeName {
  readonly sources: ReadonlyArray<TapeSource>
  readonly onMiss: OnMiss | undefined
}

const prefix = "tape:"
const question = "?on-miss="

/** Whether a model's name names a tape. */
export const isTape = (model: string): boolean => model === "tape" || model.startsWith(prefix)

/** What a tape's name says; on the left, what is wrong with it. */
export const parseTapeName = (model: string): Either.Either<TapeName, string> => {
  const end = model.indexOf("?")
  const setting = end < 0 ? "" : model.slice(end)
  const onMiss = onMissFrom(setting.slice(question.length))
  if (setting !== "" && (!setting.startsWith(question) || onMiss === undefined)) {
    return Either.left(
      `after the question mark stands ${JSON.stringify(setting.slice(1))}, and should stand on-miss=fail, on-miss=resample or on-miss=ask:MODEL`
    )
  }
  const texts = model.slice(prefix.length, end < 0 ? undefined : end).split(",")
  const sources: Array<TapeSource> = []
  for (const text of texts) {
    const source = sourceFrom(text)
    if (source === undefined) return Either.left(`${JSON.stringify(text)} names no recording`)
    sources.push(source)
  }
  return Either.right({ sources, onMiss: setting === "" ? undefined : onMiss })
}

/** The name of a tape, such that it is read back as the same. */
export const spelledTape = ({ sources, onMiss }: TapeName): string =>
  prefix +
  sources.map(spelledSource).join(",") +
  (onMiss === undefined ? "" : question + spelledOnMiss(onMiss))

/** The name of a tape that says what is done about answers which are not there, unless it says so already. */
export const withOnMiss = (model: string, onMiss: OnMiss): string =>
  model.includes("?") ? model : model + question + spelledOnMiss(onMiss)

/** The name of a tape with this said about answers which are not there, whatever it said before. */
export const replacingOnMiss = (model: string, onMiss: OnMiss): string =>
  withOnMiss(model.split("?", 1)[0]!, onMiss)

/** `RUN`, `RUN@POSITION`, `FILE`, `FILE#RUN`, `FILE#RUN@POSITION` and, as it is written in settings, `FILE#..LAST`. */
const sourceFrom = (text: string): TapeSource | undefined => {
  const [before, after] = text.split(/#(.*)/s, 2) as [string, string | undefined]
  if (after === undefined && !looksLikeFile(before)) return runFrom(null, text)
  const file = decoded(before)
  if (file === undefined) return undefined
  if (after === undefined) return { kind: "file", file, last: null }
  return after.startsWith("..") ? { kind: "file", file, last: after.slice(2) } : runFrom(file, after)
}

const runFrom = (file: string | null, text: string): TapeSource | undefined => {
  const [, name = text, digits] = /^(.*)@(\d{1,12})$/s.exec(text) ?? []
  const run = decoded(name)
  if (run === undefined) return undefined
  return { kind: "run", file, run, position: digits === undefined ? null : Number(digits) }
}

const looksLikeFile = (text: string): boolean => text.includes("/") || text.endsWith(".db")

const spelledSource = (source: TapeSource): string => {
  if (source.kind === "file") {
    return source.last === null ? encodedFile(source.file) : `${encodedFile(source.file)}#..${source.last}`
  }
  const { file, run, position } = source
  return (
    (file === null ? "" : `${encodedFile(file)}#`) +
    encodedRun(run) +
    (position === null ? "" : `@${position}`)
  )
}

/** What has a meaning in a name is written as `%2C` and the like where it has none. */
const encodedFile = (text: string): string => text.replace(/[%,#?]/g, percent)
const encodedRun = (text: string): string => text.replace(/[%,#?@/.]/g, percent)

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** Undefined for what is blank or cannot be decoded. */
const decoded = (text: string): string | undefined => {
  try {
    const name = decodeURIComponent(text)
    return name.trim() === "" ? undefined : name
  } catch {
    return undefined
  }
}

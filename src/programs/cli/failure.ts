import { HelpDoc, ValidationError } from "@effect/cli"
import { Cause, type Exit, Option } from "effect"
import { printable } from "../../domain/printable.ts"

/** See section 8 of the design. */
export const exitStatus = { done: 0, notAll: 1, refused: 2, infrastructure: 3, interrupted: 130 } as const

/** Ends a command with a status other than 0 that is not a failure: not solved, not all passed. */
export class Concluded {
  readonly _tag = "Concluded"
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}

/** A run that had begun was left by a failure. */
export class RunLeft {
  readonly _tag = "RunLeft"
  readonly failure: unknown
  /** How to go on with it. */
  readonly advice: string
  constructor(failure: unknown, advice: string) {
    this.failure = failure
    this.advice = advice
  }
}

const statuses: Readonly<Record<string, number>> = {
  UsageInvalid: exitStatus.refused,
  ProblemInvalid: exitStatus.refused,
  OptionInvalid: exitStatus.refused,
  ModelMisconfigured: exitStatus.refused,
  ToolchainMissing: exitStatus.refused,
  SandboxUnknown: exitStatus.refused,
  LogRefused: exitStatus.refused,
  CopyRefused: exitStatus.refused,
  CompactionRefused: exitStatus.refused,
  RunUnknown: exitStatus.refused,
  ForkInvalid: exitStatus.refused,
  CriticUntrusted: exitStatus.refused,
  CriticChanged: exitStatus.refused,
  ReplayInvalid: exitStatus.refused,
  RunHeld: exitStatus.refused,
  FileUnusable: exitStatus.refused,
  TableInvalid: exitStatus.refused,
  DataFileWrong: exitStatus.refused,
  FetchFailed: exitStatus.infrastructure,
  GitFailed: exitStatus.infrastructure,
  WandbMissing: exitStatus.refused,
  WandbFailed: exitStatus.infrastructure,
  JobRefused: exitStatus.refused,
  ClusterUnavailable: exitStatus.infrastructure,
  TransferRefused: exitStatus.refused,
  RunsDiffer: exitStatus.refused,
  ModelUnavailable: exitStatus.infrastructure,
  ModelRefused: exitStatus.infrastructure,
  NotOnTape: exitStatus.infrastructure,
  CriticFailed: exitStatus.infrastructure,
  SandboxFailed: exitStatus.infrastructure,
  SandboxUnavailable: exitStatus.infrastructure,
  LogFailed: exitStatus.infrastructure,
  RunStopped: exitStatus.interrupted
}

/** How a command ended: its exit status, and what is to be said about it on standard error, if anything. */
export interface Ending {
  readonly status: number
  readonly message: string | undefined
}

export const endingOf = (exit: Exit.Exit<unknown, unknown>): Ending => {
  if (exit._tag === "Success") return { status: exitStatus.done, message: undefined }
  const failure = Option.getOrUndefined(Cause.failureOption(exit.cause))
  if (ValidationError.isValidationError(failure)) {
    return { status: exitStatus.refused, message: asSentence(documentText(failure)) }
  }
  if (failure instanceof Concluded) return { status: failure.status, message: undefined }
  if (failure === undefined && Cause.isInterrupted(exit.cause)) {
    return { status: exitStatus.interrupted, message: undefined }
  }
  const known = knownEnding(failure)
  if (known !== undefined) return known
  const squashed = Cause.squash(exit.cause)
  const defect = squashed instanceof RunLeft ? squashed.failure : squashed
  return {
    status: exitStatus.infrastructure,
    message: `internal error: ${asSentence(messageOf(defect))} (--log debug shows where; please report it)`
  }
}

const knownEnding = (failure: unknown): Ending | undefined => {
  if (failure instanceof RunLeft) {
    const ending = knownEnding(failure.failure)
    // A run that was stopped says itself how to go on.
    return ending?.status === exitStatus.infrastructure
      ? { ...ending, message: `${ending.message}; ${failure.advice}` }
      : ending
  }
  const status = statuses[tagOf(failure)]
  return status === undefined ? undefined : { status, message: asSentence(messageOf(failure)) }
}

/** The library's errors are documents; ours, which it carries, are paragraphs of one plain text. */
const documentText = ({ error }: ValidationError.ValidationError): string => {
  const span = HelpDoc.getSpan(error)
  return span._tag === "Text" ? span.value : HelpDoc.toAnsiText(error)
}

const tagOf = (value: unknown): string =>
  typeof value === "object" && value !== null && "_tag" in value ? String(value._tag) : ""

const messageOf = (value: unknown): string => (value instanceof Error ? value.message : String(value))

/** On one line, so that a message is told from the next one. */
const asSentence = (text: string): string => printable(text.trim().replace(/\s*\n\s*/g, " "))

import { ValidationError } from "@effect/cli"
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

const statuses: Readonly<Record<string, number>> = {
  ProblemInvalid: exitStatus.refused,
  OptionInvalid: exitStatus.refused,
  ModelMisconfigured: exitStatus.refused,
  ToolchainMissing: exitStatus.refused,
  LogRefused: exitStatus.refused,
  RunUnknown: exitStatus.refused,
  RunHeld: exitStatus.refused,
  FileUnusable: exitStatus.refused,
  ModelUnavailable: exitStatus.infrastructure,
  ModelRefused: exitStatus.infrastructure,
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
  // The CLI library has printed its own errors already.
  if (ValidationError.isValidationError(failure)) return { status: exitStatus.refused, message: undefined }
  if (failure instanceof Concluded) return { status: failure.status, message: undefined }
  if (failure === undefined && Cause.isInterrupted(exit.cause)) {
    return { status: exitStatus.interrupted, message: undefined }
  }
  const known = statuses[tagOf(failure)]
  if (known !== undefined) return { status: known, message: printable(messageOf(failure)) }
  const defect = Cause.squash(exit.cause)
  return {
    status: exitStatus.infrastructure,
    message: `internal error: ${printable(messageOf(defect))} (--log debug shows where; please report it)`
  }
}

const tagOf = (value: unknown): string =>
  typeof value === "object" && value !== null && "_tag" in value ? String(value._tag) : ""

const messageOf = (value: unknown): string => (value instanceof Error ? value.message : String(value))

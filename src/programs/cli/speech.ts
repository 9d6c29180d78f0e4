import { Either, type LogLevel } from "effect"
import { quoted } from "../../domain/located.ts"
import { didYouMean } from "../../domain/nearest.ts"
import type { Line } from "./argv.ts"
import type { FlagSpec } from "./command.ts"
import { logLevelNamed, logLevels } from "./logLevel.ts"

const common = (name: string, value: string | null, about: string): FlagSpec => ({
  name,
  value,
  about,
  isRequired: false
})

/** Flags that concern how a command speaks, not what it does. */
export const commonFlags: ReadonlyArray<FlagSpec> = [
  common("log", "LEVEL", `what is logged on standard error: ${logLevels.join(", ")}; default warning`),
  common("no-color", null, "no colours; NO_COLOR and TERM=dumb do the same"),
  common("help", null, "show this; also -h"),
  common("version", null, "show the version")
]

export interface Speech {
  readonly noColor: boolean
  readonly level: LogLevel.LogLevel
}

/** How a line wants to be spoken to. On the left, what is wrong. */
export const speechOf = ({ flags }: Pick<Line, "flags">): Either.Either<Speech, string> => {
  const word = flags.get("log") ?? "warning"
  const level = logLevelNamed(word)
  return level === undefined
    ? Either.left(
        `--log is ${quoted(word)}, and has to be one of ${logLevels.join(", ")}${didYouMean(word, logLevels)}`
      )
    : Either.right({ noColor: flags.has("no-color"), level })
}

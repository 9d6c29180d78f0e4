import { LogLevel } from "effect"

const levels = {
  trace: LogLevel.Trace,
  debug: LogLevel.Debug,
  info: LogLevel.Info,
  warning: LogLevel.Warning,
  error: LogLevel.Error,
  none: LogLevel.None
} as const

export const logLevels = Object.keys(levels)

/** Spellings of Python's logging, which the published command line takes. */
const aliases: Readonly<Record<string, keyof typeof levels>> = {
  warn: "warning",
  critical: "error",
  fatal: "error",
  notset: "trace"
}

/** The level that a word names, in any case; undefined if none does. */
export const logLevelNamed = (word: string): LogLevel.LogLevel | undefined => {
  const wanted = word.toLowerCase()
  const name = Object.hasOwn(aliases, wanted) ? aliases[wanted]! : wanted
  return Object.hasOwn(levels, name) ? levels[name as keyof typeof levels] : undefined
}

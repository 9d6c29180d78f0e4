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

/** The level that a word names; undefined if none does. */
export const logLevelNamed = (word: string): LogLevel.LogLevel | undefined =>
  Object.hasOwn(levels, word) ? levels[word as keyof typeof levels] : undefined

import { hashOf } from "../hash.ts"

/** A piece of a run's time. Times are wall times in ms since 1970; a span is told of when it has ended. */
export interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentId: string | undefined
  readonly name: string
  readonly kind: "internal" | "client"
  readonly start: number
  readonly end: number
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  /** Whether what it stands for failed; a program that is wrong is no failure. */
  readonly isFailed: boolean
}

/** The trace of a run: all processes that have worked on it write into one. */
export const traceIdOf = (runId: string): string => hashOf("trace", runId).slice(0, 32)

/** The span of something in a trace. */
export const spanIdOf = (...of: ReadonlyArray<string>): string => hashOf("span", ...of).slice(0, 16)

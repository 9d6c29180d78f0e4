import type { CaseResult, Limits } from "../domain/evaluation.ts"
import { durationText, sizeText } from "../domain/units.ts"

/** Which limit a case has met, and how; undefined where it has met none. */
export const limitText = (
  { memoryBytes: used, ms, verdict }: CaseResult,
  limits: Limits
): string | undefined => {
  const { memoryBytes, outputBytes, timeMs } = limits
  switch (verdict) {
    case "TimeLimit":
      // A program may be let run on beyond its limit, so that the load of the machine does not decide; or it only waits.
      return ms > timeMs
        ? `above the limit of ${durationText(timeMs)} of processor time`
        : `stopped by the clock: it waited, with its ${durationText(timeMs)} of processor time not used up`
    case "MemoryLimit":
      // A runtime that is refused memory ends before it has any of it.
      return used > memoryBytes
        ? `above the limit of ${sizeText(memoryBytes)}`
        : `it asked for more than the limit of ${sizeText(memoryBytes)}`
    case "OutputLimit":
      return `printed more than the limit of ${sizeText(outputBytes)}`
    case "Skipped":
      return "not run: the cases before it had ended at the time limit"
    default:
      return undefined
  }
}

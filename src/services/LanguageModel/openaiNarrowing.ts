import { refusalOf } from "./refusal.ts"
import type { WireProblem } from "./WireFailure.ts"

/** Which of the parameters that some servers and models refuse are still sent. */
export interface Narrowing {
  /** Reasoning models take none but their own. */
  readonly temperature: boolean
  readonly stream: boolean
  /** `stream_options`, which asks for the usage at the end of a stream. */
  readonly usage: boolean
}

export const wholeRequest: Narrowing = { temperature: true, stream: true, usage: true }

/**
 * The request without the parameter that the server has just refused; undefined if that was not what it refused.
 *
 * A stream without a byte comes of servers that have sent their headers before they look at the prompt (the one of
 * llama-cpp-python, for a prompt that is too long): asked without a stream, they say what is wrong.
 */
export const narrower = (narrowing: Narrowing, problem: WireProblem): Narrowing | undefined => {
  if (problem._tag === "Empty" && narrowing.stream) return { ...narrowing, stream: false }
  if (problem._tag !== "Rejected" || (problem.status !== 400 && problem.status !== 422)) return undefined
  const { message, param, names } = refusalOf(problem)
  if (names.contextLength || names.contentFilter || names.noSuchModel) return undefined
  const refuses = (name: string) =>
    param === name || (param === "" && new RegExp(`\\b${name}\\b`, "i").test(message))
  if (narrowing.usage && narrowing.stream && refuses("stream_options")) return { ...narrowing, usage: false }
  if (narrowing.temperature && refuses("temperature")) return { ...narrowing, temperature: false }
  if (narrowing.stream && (refuses("stream") || refuses("streaming"))) return { ...narrowing, stream: false }
  return undefined
}

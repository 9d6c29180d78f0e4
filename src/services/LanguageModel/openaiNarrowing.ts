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

/** The request without the parameter that the server has just refused; undefined if that was not what it refused. */
export const narrower = (narrowing: Narrowing, problem: WireProblem): Narrowing | undefined => {
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

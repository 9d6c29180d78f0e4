import { Data } from "effect"

/** What went wrong between us and an endpoint, before anyone has judged what it means. */
export type WireProblem =
  /** No connection, none in time, or one that broke. */
  | { readonly _tag: "Unreachable"; readonly reason: string }
  /** An answer with a status that is not a success. The body is cut. */
  | {
      readonly _tag: "Rejected"
      readonly status: number
      readonly body: string
      readonly location: string | undefined
      readonly retryAfter: string | undefined
    }
  /** A success that is not what a model's API sends: a web page, for one. */
  | { readonly _tag: "NotAnApi"; readonly reason: string }
  /** A success, inside of which the server reports a failure. */
  | { readonly _tag: "Reported"; readonly error: unknown }
  /** A success without a byte. */
  | { readonly _tag: "Empty" }
  /** More bytes than any answer needs. */
  | { readonly _tag: "TooLong" }

/** An `Error`, so that it can be thrown through the packages that speak the protocols. */
export class WireFailure extends Data.TaggedError("WireFailure")<{ readonly problem: WireProblem }> {}

export const unreachable = (reason: string): WireFailure =>
  new WireFailure({ problem: { _tag: "Unreachable", reason } })

export const notAnApi = (reason: string): WireFailure =>
  new WireFailure({ problem: { _tag: "NotAnApi", reason } })

/** What a failed connection means. Errors of the HTTP client carry their cause, or several, inside. */
export const connectionFailure = (error: unknown): WireFailure => {
  const codes = codesOf(error)
  for (const code of codes) {
    const reason = reasons[code]
    if (reason !== undefined) return unreachable(reason)
    if (code.startsWith("HPE_")) return notAnApi("it does not speak HTTP")
    if (code.startsWith("ERR_SSL") || code === "EPROTO") return notAnApi("it does not speak HTTPS")
    if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(code)) return notAnApi(`its certificate is not trusted (${code})`)
  }
  return unreachable(codes[0] ?? (error instanceof Error ? error.message : String(error)))
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was reset",
  UND_ERR_SOCKET: "the connection was closed",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  ETIMEDOUT: "no connection in time",
  ENOTFOUND: "its name is not known to the DNS",
  EAI_AGAIN: "its name could not be looked up",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to it"
}

const codesOf = (error: unknown, depth = 0): ReadonlyArray<string> => {
  if (!(error instanceof Error) || depth > 4) return []
  const own = "code" in error && typeof error.code === "string" ? [error.code] : []
  const inner = error instanceof AggregateError ? [error.cause, ...error.errors] : [error.cause]
  return [...own, ...inner.flatMap((cause) => codesOf(cause, depth + 1))]
}

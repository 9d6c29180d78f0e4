import { Either } from "effect"
import { type ModelAnswer, ModelRefused, ModelUnavailable } from "../LanguageModel.ts"
import { emptyAnswer } from "./AnswerText.ts"
import { printable, refusalOf } from "./refusal.ts"
import type { WireProblem } from "./WireFailure.ts"

/** Whom a failure is about, and what its user can do. */
export interface Asked {
  readonly model: string
  /** The endpoint's address, fit to be shown. */
  readonly url: string
  readonly secrets: ReadonlyArray<string>
  readonly advice: {
    readonly key: string
    readonly noSuchModel: string
    readonly address: string
  }
}

/**
 * What a failure of the wire means: an answer (the request does not fit the model, or a filter stopped it: these are the
 * request's own fate), an endpoint that does not serve now, or one that never will.
 */
export const meaningOf = (
  problem: WireProblem,
  asked: Asked
): Either.Either<ModelAnswer, ModelUnavailable | ModelRefused> => {
  const { model, url: endpoint, secrets, advice } = asked
  const unavailable = (reason: string, retryAfterMs?: number) =>
    Either.left(
      new ModelUnavailable({
        model,
        endpoint,
        reason: printable(reason, secrets),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs })
      })
    )
  const refused = (reason: string, advice: string) =>
    Either.left(new ModelRefused({ model, endpoint, reason: printable(reason, secrets), advice }))
  switch (problem._tag) {
    case "Unreachable":
      return unavailable(problem.reason)
    case "Empty":
      return unavailable("the connection was closed before an answer came")
    case "NotAnApi":
      return refused(problem.reason, advice.address)
    case "TooLong":
      return Either.right(emptyAnswer("over_long"))
    case "Rejected":
    case "Reported": {
      const { status, message, code, isPage, names } = refusalOf(problem)
      const said = message === "" ? `status ${status}` : `status ${status}: ${message}`
      if (names.contextLength) return Either.right(emptyAnswer("context_length"))
      if (names.contentFilter) return Either.right(emptyAnswer("content_filter"))
      if (code === "insufficient_quota") return refused(said, "Check the plan and the balance of the account")
      if (names.noSuchModel) return refused(said, advice.noSuchModel)
      if (status === 401 || status === 403) return refused(said, advice.key)
      if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500) {
        return unavailable(said, problem._tag === "Rejected" ? waitOf(problem.retryAfter) : undefined)
      }
      if (status < 400) return refused(`it sends elsewhere (${said})`, advice.address)
      if (isPage) return refused(`it answered with a web page, not a model's API (${said})`, advice.address)
      if (status === 404 || status === 405) return refused(`nothing answers there (${said})`, advice.address)
      return refused(said, "The request was not accepted; the server's words say why")
    }
  }
}

/** `Retry-After` in seconds; its other form, a date, would need the server's clock. */
const waitOf = (retryAfter: string | undefined): number | undefined =>
  retryAfter !== undefined && /^\d{1,6}(?:\.\d{1,3})?$/.test(retryAfter.trim())
    ? Number(retryAfter) * 1000
    : undefined

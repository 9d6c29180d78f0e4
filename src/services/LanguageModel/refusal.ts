import { member } from "./member.ts"
import type { WireProblem } from "./WireFailure.ts"

/** A server's refusal, whatever form it came in. */
export interface Refusal {
  /** For one reported inside a success: the status that it names, else 500. */
  readonly status: number
  readonly message: string
  readonly code: string
  /** The parameter that the server objects to, where it names one. */
  readonly param: string
  readonly isPage: boolean
  readonly names: {
    readonly contextLength: boolean
    readonly contentFilter: boolean
    readonly noSuchModel: boolean
  }
}

export const refusalOf = (
  problem: Extract<WireProblem, { readonly _tag: "Rejected" | "Reported" }>
): Refusal => {
  const body = problem._tag === "Rejected" ? parsed(problem.body) : { error: problem.error }
  const error = member(body, "error") ?? body
  const code = textOf(member(error, "code") ?? member(error, "type"))
  const isPage = typeof body === "string" && body.trimStart().startsWith("<")
  const message = isPage ? titleOf(String(body)) : messageOf(body, error)
  const status = problem._tag === "Rejected" ? problem.status : statusIn(error, message)
  const client = status >= 400 && status < 500
  const about = `${code} ${message}`
  return {
    status,
    message: problem._tag === "Rejected" && problem.location !== undefined ? problem.location : message,
    code,
    param: textOf(member(error, "param")),
    isPage,
    names: {
      contextLength: [400, 413, 422, 500].includes(status) && contextLength.test(about),
      contentFilter: client && contentFilter.test(about),
      noSuchModel: client && status !== 401 && status !== 403 && noSuchModel.test(about)
    }
  }
}

/**
 * A server's words as they may be shown and stored: secrets struck out (a server may echo a key), control characters
 * removed, cut.
 */
export const printable = (text: string, secrets: ReadonlyArray<string>): string => {
  const struck = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[key]"), text)
  const plain = struck
    .replace(/\b(?:sk|pk|rk|gsk|hf|xai)[-_][\w*-]{8,}/g, "[key]")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim()
  return plain.length > longestMessage
    ? `${plain
        .slice(0, longestMessage)
        .replace(/[\uD800-\uDBFF]$/, "")
        .trimEnd()}…`
    : plain
}

const longestMessage = 300

const contextLength =
  /context.?(?:length|window|size)|maximum context|(?:prompt|input|request)[^.]{0,40}(?:too (?:long|large)|exceed[^.]{0,40}(?:context|token|length))|too many tokens|exceed_context_size|string_above_max_length/i
const contentFilter = /content[_ ](?:filter|policy)|ResponsibleAIPolicyViolation|data_inspection_failed/i
const noSuchModel =
  /model_not_found|\bmodel\b[^.\n]{0,120}(?:not found|does not exist|not exist|unknown|is not available|not supported|no such)|(?:unknown|no such|invalid|not a valid) model\b/i

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return body
  }
}

const messageOf = (body: unknown, error: unknown): string => {
  for (const found of [
    member(error, "message"),
    member(error, "error"),
    error,
    member(body, "message"),
    member(body, "detail")
  ]) {
    if (typeof found === "string" && found.trim() !== "") return found
  }
  const detail = member(body, "detail") ?? error
  return typeof detail === "object" && detail !== null ? JSON.stringify(detail) : ""
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : ""

const statusIn = (error: unknown, message: string): number => {
  const named = Number(member(error, "code") ?? member(error, "status"))
  if (Number.isInteger(named) && named >= 400 && named <= 599) return named
  return /\bmodel\b.*not found|model_not_found/i.test(message) ? 404 : 500
}

const titleOf = (page: string): string => {
  const start = page.search(/<title/i)
  if (start < 0) return ""
  return /^<title[^>]{0,200}>([^<]{0,200})/i.exec(page.slice(start, start + 500))?.[1]?.trim() ?? ""
}

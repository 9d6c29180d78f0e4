import { Redacted } from "effect"

/** Where traces go, as the variables of OpenTelemetry say. */
export interface TracesSettings {
  readonly url: string
  readonly headers: Readonly<Record<string, Redacted.Redacted<string>>>
  readonly service: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where traces go; undefined where they go nowhere. */
export const tracesFrom = (environment: Environment): TracesSettings | undefined => {
  const given = (name: string) => {
    const value = environment[name]?.trim() ?? ""
    return value === "" ? undefined : value
  }
  const base = given("OTEL_EXPORTER_OTLP_ENDPOINT")
  const url =
    given("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") ??
    (base === undefined ? undefined : `${base.replace(/\/+$/, "")}/v1/traces`)
  const isOff =
    given("OTEL_SDK_DISABLED")?.toLowerCase() === "true" || given("OTEL_TRACES_EXPORTER") === "none"
  if (url === undefined || isOff) return undefined
  const headers = given("OTEL_EXPORTER_OTLP_TRACES_HEADERS") ?? given("OTEL_EXPORTER_OTLP_HEADERS") ?? ""
  return { url, headers: headersIn(headers), service: given("OTEL_SERVICE_NAME") ?? "seidr" }
}

/** `name=value,name=value`, the values as they stand in an address. */
const headersIn = (text: string): TracesSettings["headers"] =>
  Object.fromEntries(
    text.split(",").flatMap((pair) => {
      const at = pair.indexOf("=")
      const name = pair.slice(0, Math.max(0, at)).trim()
      return /^[\w!#$%&'*+.^`|~-]+$/.test(name)
        ? [[name.toLowerCase(), Redacted.make(decoded(pair.slice(at + 1).trim()))]]
        : []
    })
  )

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

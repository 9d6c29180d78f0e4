import type { Span } from "./span.ts"

/** Who traces. */
export interface Resource {
  readonly service: string
  readonly version: string
}

const kinds = { internal: 1, client: 3 } as const
const errorStatus = 2

/** Spans in the JSON form of OTLP 1, as `/v1/traces` takes it. */
export const otlpJson = (spans: ReadonlyArray<Span>, { service, version }: Resource): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ "service.name": service, "service.version": version }) },
        scopeSpans: [{ scope: { name: "seidr", version }, spans: spans.map(spanJson) }]
      }
    ]
  })

const spanJson = ({ attributes, end, isFailed, kind, name, parentId, spanId, start, traceId }: Span) => ({
  traceId,
  spanId,
  ...(parentId === undefined ? {} : { parentSpanId: parentId }),
  name,
  kind: kinds[kind],
  startTimeUnixNano: nanoseconds(start),
  endTimeUnixNano: nanoseconds(end),
  attributes: attributesOf(attributes),
  status: isFailed ? { code: errorStatus } : {}
})

const nanoseconds = (ms: number): string => `${Math.round(ms)}000000`

const attributesOf = (attributes: Span["attributes"]) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }))

const valueOf = (value: string | number | boolean) => {
  if (typeof value === "string") return { stringValue: value }
  if (typeof value === "boolean") return { boolValue: value }
  // 64-bit integers are texts in this form.
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

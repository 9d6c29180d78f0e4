import type * as Undici from "@effect/platform-node/Undici"
import { notAnApi, WireFailure } from "./WireFailure.ts"

export interface Listening {
  /** A byte has come. */
  readonly heard: () => void
  /** The connection or the answer is of no use; gives the failure to throw. */
  readonly failed: (error: unknown) => WireFailure
}

/** A stream of events may carry a few hundred bytes for every token. */
const maxWireBytes = 128 * 2 ** 20
const maxRefusalBytes = 64 * 1024

/**
 * An HTTP answer whose body is JSON or a stream of events, told by how it begins, since servers name its type as they
 * like. Throws a `WireFailure` for any other. The body is passed on as it comes.
 */
export const checkedBody = async (response: Undici.Response, listening: Listening): Promise<Response> => {
  const reader = response.body?.getReader()
  const read = async (): Promise<Uint8Array | undefined> => {
    const part = await reader?.read()
    listening.heard()
    return part === undefined || part.done ? undefined : (part.value as Uint8Array)
  }
  if (response.status < 200 || response.status > 299) {
    throw new WireFailure({
      problem: {
        _tag: "Rejected",
        status: response.status,
        body: await textOf(read, maxRefusalBytes),
        location: response.headers.get("location") ?? undefined,
        retryAfter: response.headers.get("retry-after") ?? undefined
      }
    })
  }
  const head: Array<Uint8Array> = []
  let start = ""
  while (start.trimStart() === "") {
    const part = await read()
    if (part === undefined) throw new WireFailure({ problem: { _tag: "Empty" } })
    head.push(part)
    start += latin1.decode(part.subarray(0, 256)).replace(/^ï»¿/, "")
  }
  const type = looksLike(start.trimStart(), response.headers.get("content-type") ?? "")
  let total = 0
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const part = head.shift() ?? (await read())
        if (cancelled) return
        if (part === undefined) return controller.close()
        total += part.length
        if (total > maxWireBytes) throw new WireFailure({ problem: { _tag: "TooLong" } })
        controller.enqueue(part)
      } catch (error) {
        if (!cancelled) controller.error(listening.failed(error))
      }
    },
    cancel: (reason) => {
      cancelled = true
      return reader?.cancel(reason)
    }
  })
  return new Response(body, { status: 200, headers: { "content-type": type } })
}

const latin1 = new TextDecoder("latin1")

const looksLike = (start: string, declared: string): string => {
  if (start.startsWith("<") || /html/i.test(declared)) {
    throw notAnApi("it answered with a web page, not a model's API")
  }
  if (start.startsWith("{") || start.startsWith("[")) return "application/json"
  if (/^(?:data|event|id|retry)?:/.test(start) || /event-stream/i.test(declared)) return "text/event-stream"
  throw notAnApi(`it answered with text that no model's API sends: ${JSON.stringify(start.slice(0, 60))}`)
}

const textOf = async (read: () => Promise<Uint8Array | undefined>, limit: number): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ""
  for (let part = await read(); part !== undefined; part = await read()) {
    text += decoder.decode(part, { stream: true })
    if (text.length >= limit) return text.slice(0, limit)
  }
  return text + decoder.decode()
}

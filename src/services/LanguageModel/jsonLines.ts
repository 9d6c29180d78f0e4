import { notAnApi } from "./WireFailure.ts"

/**
 * The same answer, with a body of which each line is one JSON object. Fails for any other line: the `ollama` package
 * would print it on the console and go on.
 */
export const jsonLines = (response: Response): Response => {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let pieces: Array<string> = []
  const pass = (line: string, controller: TransformStreamDefaultController<Uint8Array>) => {
    if (line.trim() === "") return
    if (!isObject(line)) throw notAnApi("it answered with something that is not lines of JSON")
    controller.enqueue(encoder.encode(`${line.trim()}\n`))
  }
  const lines = new TransformStream<Uint8Array, Uint8Array>({
    transform: (part, controller) => {
      const [first = "", ...rest] = decoder.decode(part, { stream: true }).split("\n")
      pieces.push(first)
      for (const piece of rest) {
        pass(pieces.join(""), controller)
        pieces = [piece]
      }
    },
    flush: (controller) => pass(pieces.join("") + decoder.decode(), controller)
  })
  return new Response(response.body?.pipeThrough(lines) ?? null, {
    status: response.status,
    headers: response.headers
  })
}

const isObject = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === "object" && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

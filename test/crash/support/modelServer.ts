import { createHash } from "node:crypto"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** A model that counts: what was asked under which `Idempotency-Key`, in order of arrival. */
export interface ModelServer {
  /** What makes the command line ask here. */
  readonly env: Readonly<Record<string, string>>
  readonly asked: ReadonlyArray<string>
  /** Instead of answering the n-th request from now on (1 for the next), do this. */
  readonly at: (number: number, instead: (response: ServerResponse) => void) => void
  readonly close: () => Promise<void>
}

export interface Manner {
  /** Other answers, and so another search. */
  readonly salt?: number
  /** The longest time (ms) that an answer takes; drawn from the request, as the answer is. */
  readonly latency?: number
  /** Whether it answers at all, request by request. */
  readonly isUp?: () => boolean
}

/** A real server that speaks OpenAI's protocol, and whose answers are a function of the request alone. */
export const modelServer = async ({
  salt = 0,
  latency = 30,
  isUp = () => true
}: Manner = {}): Promise<ModelServer> => {
  const asked: Array<string> = []
  const instead = new Map<number, (response: ServerResponse) => void>()
  const server = createServer((request, response) => {
    let text = ""
    request.setEncoding("utf8").on("data", (part: string) => (text += part))
    request.on("end", () => {
      if (request.method === "GET") return response.end('{"data":[]}')
      asked.push(String(request.headers["idempotency-key"]))
      if (!isUp()) return response.writeHead(503).end("{}")
      const other = instead.get(asked.length)
      if (other !== undefined) return other(response)
      const draw = drawn(`${salt} ${text}`)
      setTimeout(() => say(response, answerFor(draw)), draw.below(latency + 1))
    })
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as AddressInfo
  return {
    env: { OPENAI_API_KEY: "sk-x", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` },
    asked,
    at: (number, act) => instead.set(asked.length + number, act),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
  }
}

const chunk = (content: string, finish: string | null) =>
  `data: ${JSON.stringify({ model: "m", choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`

/** The beginning of an answer, whose end never comes. */
export const halfAnAnswer = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.write(chunk("```python\nprint(", null))
}

const say = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { "content-type": "text/event-stream" })
  const usage = { prompt_tokens: 7, completion_tokens: text.length, total_tokens: 7 + text.length }
  response.end(`${chunk(text, "stop")}data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`)
}

/** Numbers that follow from a text. */
const drawn = (text: string) => {
  const bytes = createHash("sha256").update(text).digest()
  let at = 0
  const below = (limit: number): number => {
    at += 2
    return bytes.readUInt16BE(at) % limit
  }
  return { below }
}

/** Programs for the greatest common divisor, more or less; the same answer does for an instruction. */
const bodies = [
  "print(1)",
  "print(min(a, b))",
  "print(a % b)",
  "print(1 // 0)",
  "while b > 9: a, b = b, a % b\nprint(a)",
  "print(abs(a - b))"
]

const answerFor = (draw: ReturnType<typeof drawn>): string => {
  if (draw.below(12) === 0) return "I would rather not."
  const body = bodies[draw.below(bodies.length)]!
  return `Look at line ${draw.below(9)}.\n\n\`\`\`python\na, b = int(input()), int(input())\n# ${draw.below(2)}\n${body}\n\`\`\`\n`
}

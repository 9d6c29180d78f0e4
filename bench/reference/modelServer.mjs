// An endpoint that speaks OpenAI's chat completions on loopback, at once and whole as well as in a stream.
import { createServer } from "node:http"
import { answerTo } from "./answers.mjs"

/** Starts it on a free port. `asked` counts the completions, and has the time of the first. */
export const startModelServer = async () => {
  const asked = { count: 0, first: undefined }
  const server = createServer(async (request, response) => {
    const parts = []
    for await (const part of request) parts.push(part)
    if (request.method === "GET") return json(response, { object: "list", data: [] })
    asked.first ??= performance.now()
    asked.count += 1
    const { messages, model, n = 1, stream = false, temperature } = JSON.parse(Buffer.concat(parts))
    if (n !== 1) return json(response, { error: { message: "one sample a request" } }, 400)
    const text = messages.findLast(({ role }) => role === "user").content
    const content = answerTo({ model, temperature, text })
    if (stream) streamed(response, model, content)
    else json(response, completion(model, content))
  })
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    /** What was asked since the last call. */
    taken: () => {
      const taken = { ...asked }
      Object.assign(asked, { count: 0, first: undefined })
      return taken
    },
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections())
  }
}

const usage = { prompt_tokens: 300, completion_tokens: 100, total_tokens: 400 }

const completion = (model, content) => ({
  id: "completion",
  object: "chat.completion",
  created: 0,
  model,
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
  usage
})

const streamed = (response, model, content) => {
  response.writeHead(200, { "content-type": "text/event-stream" })
  const chunk = (rest) =>
    `data: ${JSON.stringify({ id: "completion", object: "chat.completion.chunk", created: 0, model, ...rest })}\n\n`
  const choice = (delta, finish_reason) => ({ choices: [{ index: 0, delta, finish_reason }] })
  response.end(
    chunk(choice({ role: "assistant", content }, null)) +
      chunk(choice({}, "stop")) +
      chunk({ choices: [], usage }) +
      "data: [DONE]\n\n"
  )
}

const json = (response, body, status = 200) => {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text)
  })
  response.end(text)
}

import type { ServerResponse } from "node:http"
import { Duration, Effect } from "effect"
import { ollama } from "../../../src/services/LanguageModel/ollama.ts"
import { callFor, httpServer, type Received } from "./httpServer.ts"

export const part = (content: string) => ({
  model: "m:latest",
  message: { role: "assistant", content },
  done: false
})
export const last = {
  model: "m:latest",
  message: { role: "assistant", content: "" },
  done: true,
  done_reason: "stop",
  prompt_eval_count: 7,
  eval_count: 3
}

export const lines = (...parts: ReadonlyArray<unknown>): string =>
  parts.map((it) => `${JSON.stringify(it)}\n`).join("")

export const asking = (
  answer: (response: ServerResponse, request: Received) => void,
  silence: Duration.DurationInput = "20 seconds"
) =>
  Effect.gen(function* () {
    const server = yield* httpServer(answer)
    const adapter = yield* ollama({ host: server.url, silence: Duration.decode(silence) })
    return { server, adapter, answer: yield* Effect.either(adapter.complete(callFor("ollama:m"))) }
  })

export const failing = (answer: (response: ServerResponse) => void, silence?: Duration.DurationInput) =>
  Effect.flatMap(asking(answer, silence), ({ answer }) => Effect.flip(answer))

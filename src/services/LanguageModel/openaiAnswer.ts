import type OpenAI from "openai"
import { APIError } from "openai"
import { Stream } from "openai/streaming"
import type { ModelAnswer } from "../LanguageModel.ts"
import { AnswerText, reasonOf, usageOf } from "./AnswerText.ts"
import { member } from "./member.ts"
import { notAnApi, unreachable, WireFailure } from "./WireFailure.ts"

/** Reads a chat completion, be it a stream of events or, from a server that ignores `stream`, one document. */
export const readOpenaiAnswer = (
  response: Response,
  client: OpenAI,
  controller: AbortController
): Promise<ModelAnswer> =>
  response.headers.get("content-type") === "application/json"
    ? readDocument(response)
    : readEvents(response, client, controller)

/** What an error means that the package threw, or the reading of what it gave. */
export const explainOpenai = (error: unknown): WireFailure => {
  if (error instanceof WireFailure) return error
  if (error instanceof APIError && error.status === undefined && error.error !== undefined) {
    return new WireFailure({ problem: { _tag: "Reported", error: error.error } })
  }
  if (error instanceof SyntaxError) return notAnApi("it answered with something that is not JSON")
  return unreachable(error instanceof Error ? error.message : String(error))
}

const readDocument = async (response: Response): Promise<ModelAnswer> => {
  const document: unknown = await response.json()
  const error = member(document, "error")
  if (error !== undefined && error !== null) throw new WireFailure({ problem: { _tag: "Reported", error } })
  if (!Array.isArray(member(document, "choices")))
    throw notAnApi("it answered with JSON that is no chat completion")
  const text = new AnswerText()
  const message = member(document, "choices", 0, "message")
  text.add(textOf(member(message, "content")))
  return answerOf(text, {
    refusal: textOf(member(message, "refusal")),
    finishReason: member(document, "choices", 0, "finish_reason"),
    usage: member(document, "usage"),
    servedBy: member(document, "model")
  })
}

const readEvents = async (
  response: Response,
  client: OpenAI,
  controller: AbortController
): Promise<ModelAnswer> => {
  const text = new AnswerText()
  const tail = new Tail()
  let refusal = ""
  let finishReason: unknown
  let usage: unknown
  let servedBy: unknown
  const watched = new Response(response.body?.pipeThrough(tail.stream) ?? null)
  for await (const chunk of Stream.fromSSEResponse<unknown>(watched, controller, client)) {
    const choice = member(chunk, "choices", 0)
    usage = member(chunk, "usage") ?? usage
    servedBy = member(chunk, "model") ?? servedBy
    finishReason = member(choice, "finish_reason") ?? finishReason
    refusal += textOf(member(choice, "delta", "refusal")).slice(0, maxRefusal - refusal.length)
    if (!text.add(textOf(member(choice, "delta", "content"))))
      return text.answer("over_long", undefined, servedBy)
  }
  // A server that names no reason still says that it is done; one that does neither has broken off.
  if (finishReason === undefined && !tail.done) throw unreachable("the answer broke off before its end")
  return answerOf(text, { refusal, finishReason, usage, servedBy })
}

const maxRefusal = 10_000

const answerOf = (
  text: AnswerText,
  end: {
    readonly refusal: string
    readonly finishReason: unknown
    readonly usage: unknown
    readonly servedBy: unknown
  }
): ModelAnswer => {
  if (end.refusal !== "") text.add(end.refusal)
  const reason = end.refusal !== "" ? "content_filter" : reasonOf(end.finishReason)
  const usage = usageOf(member(end.usage, "prompt_tokens"), member(end.usage, "completion_tokens"))
  return text.answer(reason, usage, end.servedBy)
}

/** A message's content is a text, or a list of parts with texts in some of them. */
const textOf = (content: unknown): string => {
  if (typeof content === "string") return content
  if (!Array.isArray(content)) return ""
  return content.map((part) => textOf(member(part, "text"))).join("")
}

/** The package keeps the last event of a stream to itself: this sees whether there was one. */
class Tail {
  private text = ""
  readonly stream = new TransformStream<Uint8Array, Uint8Array>({
    transform: (part, controller) => {
      this.text = (this.text + latin1.decode(part.subarray(-tailLength))).slice(-tailLength)
      controller.enqueue(part)
    }
  })
  get done(): boolean {
    return /data:\s*\[DONE\]\s*$/.test(this.text)
  }
}

const tailLength = 64
const latin1 = new TextDecoder("latin1")

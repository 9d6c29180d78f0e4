import { Effect } from "effect"
import type { Conversation, SandboxError } from "../../Sandbox.ts"

/** A line of a conversation: a word, and what it says in JSON. */
export interface Said {
  readonly word: string
  readonly json: string
}

/** One side of a dialogue of lines. */
export interface Side {
  readonly say: (text: string) => Effect.Effect<void, SandboxError>
  /** The next line; undefined when there are no more. */
  readonly hear: Effect.Effect<Said | undefined, SandboxError>
}

export const inLines = ({ receive, send }: Conversation): Side => {
  let lines: Array<string> = []
  let rest = ""
  const hear: Side["hear"] = Effect.gen(function* () {
    while (lines.length === 0) {
      const piece = yield* receive
      if (piece === undefined) return undefined
      const parts = (rest + Buffer.from(piece).toString("latin1")).split("\n")
      rest = parts.pop() ?? ""
      lines = parts
    }
    const line = lines.shift()!
    const end = line.indexOf(" ")
    return end === -1 ? { word: line, json: "" } : { word: line.slice(0, end), json: line.slice(end + 1) }
  })
  return { say: (text) => send(Buffer.from(`${text}\n`, "utf8")), hear }
}

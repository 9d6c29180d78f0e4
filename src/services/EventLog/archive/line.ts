import type { Ref } from "../../../domain/events.ts"
import type { RunId } from "../../../domain/ids.ts"
import type { Origin } from "../../EventLog.ts"
import type { EventRow } from "../chain.ts"
import type { Tip } from "../eventRow.ts"

/**
 * A part of a log on its way to another one. A run comes behind its ancestors, its events in their order behind it,
 * and a text before the first event that names it, or the word that it was taken out (at a time, in ms since 1970).
 */
export type Line =
  | { readonly _tag: "Run"; readonly runId: RunId; readonly origin: Origin | undefined; readonly head: Tip }
  | { readonly _tag: "Text"; readonly ref: Ref; readonly text: string }
  | { readonly _tag: "Redacted"; readonly ref: Ref; readonly at: number }
  | { readonly _tag: "Event"; readonly row: EventRow; readonly hash: string }

/** The first line of an archive. */
export const header = { format: "seidr archive", version: 1 } as const

/** Characters of a text on one line; longer texts go on on the next ones. */
const piece = 2 ** 20

/** The last line of an archive, by which one is known to be whole. */
export const lastLine = (runs: number, events: number, texts: number): string =>
  JSON.stringify(["end", runs, events, texts])

/** A line as an archive holds it: one line of text or, for a long text, several. */
export const written = (line: Line): ReadonlyArray<string> => {
  switch (line._tag) {
    case "Run": {
      const { runId, origin, head } = line
      return [
        JSON.stringify(["run", runId, origin?.parent ?? null, origin?.position ?? null, head.pos, head.hash])
      ]
    }
    case "Event": {
      const { pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data } = line.row
      const columns = [pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data]
      return [JSON.stringify(["event", ...columns, line.hash])]
    }
    case "Redacted":
      return [JSON.stringify(["redacted", line.ref, line.at])]
    case "Text": {
      const { ref, text } = line
      const count = Math.max(1, Math.ceil(text.length / piece))
      return Array.from({ length: count }, (_, part) => {
        const content = text.slice(part * piece, (part + 1) * piece)
        const head = part === 0 ? ["text", ref, content] : ["more", content]
        return JSON.stringify(part === count - 1 ? head : [...head, "…"])
      })
    }
  }
}

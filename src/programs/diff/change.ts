import { Effect } from "effect"
import { type NodeId, parentOf } from "../../domain/ids.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import type { History } from "../history.ts"
import { type Hunk, hunksOf } from "./hunks.ts"

/** What a repair has changed. */
export interface Change {
  /** The node that was repaired; null for a draft, which repairs nothing. */
  readonly parent: NodeId | null
  /** Whether the parent and the node itself have a program; without one, its text counts as empty. */
  readonly hasProgram: { readonly parent: boolean; readonly node: boolean }
  /** None for a draft, and where nothing has changed. */
  readonly hunks: ReadonlyArray<Hunk>
}

/** A node's program against its parent's. */
export const changeOf = (history: History, node: NodeId): Effect.Effect<Change, LogFailed, EventLog> =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const programOf = (place: NodeId | undefined) => {
      const ref = place === undefined ? undefined : history.nodes.get(place)?.written.program
      return ref == null ? Effect.succeed(undefined) : log.text(ref)
    }
    const parent = parentOf(node)
    const before = yield* programOf(parent)
    const after = yield* programOf(node)
    return {
      parent: parent ?? null,
      hasProgram: { parent: before !== undefined, node: after !== undefined },
      hunks: parent === undefined ? [] : hunksOf(before ?? "", after ?? "")
    }
  })

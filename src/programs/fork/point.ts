import { Effect, Option, Schema } from "effect"
import type { ForkPoint } from "../../domain/events.ts"
import { depthOf, draftId, instructionOf, NodeId, type RunId } from "../../domain/ids.ts"
import { callKeyOf } from "../../domain/search/callKey.ts"
import { generationOf } from "../../domain/search/generationOf.ts"
import type { LogFailed, Stored } from "../../services/EventLog.ts"
import { LogIndex, type Outline } from "../../services/LogIndex.ts"
import { endOfGeneration, lastPlaced } from "./generations.ts"

/** A fork cannot be what was asked for. */
export class ForkInvalid extends Schema.TaggedError<ForkInvalid>()("ForkInvalid", {
  run: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `run ${this.run} cannot be forked so: ${this.reason}`
  }
}

/** A point as users write it: a node, `gen:K`, a position, or the `end` of what there is. */
export type Spelled =
  | { readonly kind: "node"; readonly node: NodeId }
  | { readonly kind: "generation"; readonly generation: number }
  | { readonly kind: "position"; readonly position: number }
  | { readonly kind: "end" }

/** Undefined for what is none of them. */
export const spelled = (text: string): Spelled | undefined => {
  const generation = /^gen:(\d{1,9})$/.exec(text)
  if (generation !== null) return { kind: "generation", generation: Number(generation[1]) }
  if (text === "end") return { kind: "end" }
  if (/^\d{1,12}$/.test(text)) return { kind: "position", position: Number(text) }
  return Option.getOrUndefined(
    Option.map(Schema.decodeUnknownOption(NodeId)(text), (node) => ({ kind: "node", node }))
  )
}

/** Where in a run's log a point is: the last position that is inherited. */
export interface Found {
  readonly at: ForkPoint
  readonly position: number
  /** The first index that is not inherited, where the point itself tells it. */
  readonly next: number | undefined
  readonly outline: Outline
}

/** Finds a point in a run's log, inherited events included. */
export const findPoint = (
  runId: RunId,
  point: Spelled
): Effect.Effect<Found, ForkInvalid | LogFailed, LogIndex> =>
  Effect.gen(function* () {
    const outline = yield* (yield* LogIndex).outline(runId)
    switch (point.kind) {
      case "position":
        return yield* findPosition(runId, point.position, outline)
      case "node":
        return yield* findNode(runId, point.node, outline)
      case "generation":
        return yield* findGeneration(runId, point.generation, outline)
      case "end":
        return yield* findEnd(runId, outline)
    }
  })

const findPosition = (runId: RunId, position: number, outline: Outline) =>
  position <= outline.end
    ? Effect.succeed<Found>({ at: { kind: "position" }, position, next: undefined, outline })
    : new ForkInvalid({
        run: runId,
        reason: `it has the positions 0 to ${outline.end}, and not ${position}`
      })

const findEnd = (runId: RunId, outline: Outline) =>
  outline.end >= 0
    ? findPosition(runId, outline.end, outline)
    : new ForkInvalid({ run: runId, reason: "it has no beginning" })

const findNode = (runId: RunId, node: NodeId, outline: Outline) =>
  Effect.gen(function* () {
    const index = yield* LogIndex
    const answered = yield* index.answered(
      runId,
      callKeyOf(node, instructionOf(node) === undefined ? "draft" : "repair")
    )
    // Nobody was asked for a program of the user's, which is among the first events.
    const from = answered ?? (node === draftId(0) ? 0 : undefined)
    const evaluated = from === undefined ? undefined : yield* index.evaluated(runId, node, from)
    if (evaluated === undefined || !isSeen(node, evaluated.pos, outline)) {
      return yield* new ForkInvalid({
        run: runId,
        reason: `it has no judged node ${node}; \`seidr tree ${runId}\` shows its nodes`
      })
    }
    const { pos, event } = evaluated
    const found: Found = { at: { kind: "node", node }, position: pos, next: event.index + 1, outline }
    return found
  })

/** What a fork at a node has not inherited is not seen, though it stands in the same log. */
const isSeen = (node: NodeId, position: number, { beginnings }: Outline): boolean =>
  beginnings.every(
    (begun) => begun.pos <= position || begun.node === null || `${begun.node}.`.startsWith(`${node}.`)
  )

const findGeneration = (runId: RunId, generation: number, outline: Outline) =>
  Effect.gen(function* () {
    const index = yield* LogIndex
    const { end } = outline
    const { from, base } = seenSince(outline)
    const after = yield* endOfGeneration(runId, from, end, generation)
    let position: number | undefined
    // After the last of a generation comes its ranking, or the end of the search in its place; and then, in a fork
    // that goes on after an end, the ranking all the same.
    const following = generation < base ? [] : yield* untilPlaced(index, runId, after, end)
    for (const { pos, event } of following) {
      if (event._tag === "GenerationRanked" && event.generation === generation) position = pos - 1
      if (event._tag === "SearchEnded" && event.generations === generation + 1) position = pos - 1
    }
    if (position !== undefined) {
      const found: Found = { at: { kind: "generation", generation }, position, next: undefined, outline }
      return found
    }
    const ranked = yield* rankedIn(index, runId, from, end, base)
    return yield* new ForkInvalid({
      run: runId,
      reason: `its generation ${generation} is not complete; ${ranked === 0 ? "none is" : `those up to ${ranked - 1} are ranked`}`
    })
  })

/** Where the generations begin that are seen whole, and the first of them. */
const seenSince = ({ beginnings }: Outline): { readonly from: number; readonly base: number } => {
  const last = beginnings.findLast(({ node }) => node !== null)
  return last === undefined
    ? { from: 0, base: 0 }
    : { from: last.pos, base: depthOf(last.node as NodeId) + 1 }
}

/** The events from a position on, up to the next one that belongs to a generation. */
const untilPlaced = (index: typeof LogIndex.Service, runId: RunId, from: number, to: number) =>
  Effect.gen(function* () {
    const events: Array<Stored> = []
    for (let next = from; next <= to; next += stretch) {
      for (const stored of yield* index.between(runId, next, Math.min(to, next + stretch - 1))) {
        if (generationOf(stored.event) !== undefined) return events
        events.push(stored)
      }
    }
    return events
  })

/** Events that are looked at together. */
const stretch = 8

/** How many generations are ranked. */
const rankedIn = (index: typeof LogIndex.Service, runId: RunId, from: number, to: number, base: number) =>
  Effect.gen(function* () {
    const last = yield* lastPlaced(runId, from, to)
    if (last === undefined) return 0
    const following = yield* index.between(runId, last.pos + 1, to)
    const ranking = following.findLast(({ event }) => event._tag === "GenerationRanked")
    if (ranking?.event._tag === "GenerationRanked") return ranking.event.generation + 1
    return last.generation > base ? last.generation : 0
  })

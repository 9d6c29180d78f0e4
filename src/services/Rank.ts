import { Context, Effect, Layer } from "effect"
import type { Event } from "../domain/events.ts"
import { outcomeOf } from "../domain/search/outcome.ts"
import { rankGeneration } from "../domain/search/rank.ts"
import type { Search } from "../domain/search/state.ts"
import type { EndWork, FinishWork, RankWork } from "../domain/search/work.ts"
import { type Actor, type ActorOptions, makeActor } from "./Actor.ts"
import { lastPosition } from "./RunContext.ts"

type RankingWork = RankWork | EndWork | FinishWork

/** Where order is restored: picks the survivors of a complete generation, and draws the line under a search. */
export class Rank extends Context.Tag("seidr/Rank")<Rank, Actor<RankingWork>>() {}

export const layer = (options: ActorOptions): Layer.Layer<Rank> =>
  Layer.scoped(
    Rank,
    makeActor<RankingWork>(
      options,
      Effect.fnUntraced(function* ({ run, work, search }) {
        const event = conclusionOf(work, search)
        if (event === undefined) return yield* Effect.dieMessage(`${work._tag} without a judged program`)
        return lastPosition(yield* run.append([{ event, cause: work.cause }], []))
      })
    )
  )

/** What follows from a search at one of the points where nothing but a decision is left. */
export const conclusionOf = (work: RankingWork, search: Search): Event | undefined => {
  switch (work._tag) {
    case "Rank":
      return rankGeneration(search)
    case "End":
      return outcomeOf(search)
    case "Finish":
      return search.ended === undefined ? undefined : { _tag: "RunFinished", status: search.ended.status }
  }
}

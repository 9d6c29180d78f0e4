import { HashMap, Option } from "effect"
import type { GenerationRanked } from "../events.ts"
import { randomFor } from "../random.ts"
import type { Ranking } from "../settings.ts"
import type { Judged } from "./member.ts"
import { byLexicase } from "./ranking/lexicase.ts"
import { byScore } from "./ranking/score.ts"
import type { Candidate, Selection } from "./ranking/selection.ts"
import { byTournament } from "./ranking/tournament.ts"
import type { Search } from "./state.ts"

/** A new ranking is one file and one line here. */
const selectionOf = (ranking: Ranking): Selection => {
  switch (ranking.kind) {
    case "score":
      return byScore
    case "lexicase":
      return byLexicase
    case "tournament":
      return byTournament(ranking.size)
  }
}

/** The survivors of the current generation, all of whose members are judged. */
export const rankGeneration = (search: Search): GenerationRanked => {
  const { settings, generation, first, size } = search
  const candidates: Array<Candidate> = []
  for (let index = first; index < first + size; index++) {
    const member = Option.getOrUndefined(HashMap.get(search.members, index))
    if (member?.judged === undefined) continue
    const { node, judged } = member
    candidates.push({ node, score: judged.score, caseScores: caseScoresOf(judged) })
  }
  const survivors = selectionOf(settings.ranking)(candidates, settings.beamWidth, (slot) =>
    randomFor(settings.seed, "rank", generation, slot)
  )
  return { _tag: "GenerationRanked", generation, survivors }
}

/** The score of every case, from the columns that the log keeps. */
const caseScoresOf = ({ verdicts, partial }: Judged): ReadonlyArray<number> => {
  const scores: Array<number> = Array.from(verdicts, (letter) => (letter === "P" ? 1 : 0))
  for (const [index, score] of partial) scores[index] = score
  return scores
}

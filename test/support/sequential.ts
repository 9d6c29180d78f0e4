import { programOf } from "../../src/domain/answer.ts"
import { draftId, instructionId, type NodeId, repairId } from "../../src/domain/ids.ts"
import { randomFor } from "../../src/domain/random.ts"
import { callKeyOf } from "../../src/domain/search/callKey.ts"
import { byLexicase } from "../../src/domain/search/ranking/lexicase.ts"
import type { Candidate } from "../../src/domain/search/ranking/selection.ts"
import { byTournament } from "../../src/domain/search/ranking/tournament.ts"
import type { SearchSettings } from "../../src/domain/settings.ts"
import { answerOf } from "./oracle.ts"
import { evaluate, type World } from "./simulation.ts"

export interface Grown {
  readonly node: NodeId
  readonly program: string | undefined
  readonly scores: ReadonlyArray<number>
}

/** The same search as a plain loop, one program after another: what every interleaving has to come to. */
export const sequential = (
  world: World
): { readonly tree: ReadonlyArray<Grown>; readonly rankings: ReadonlyArray<ReadonlyArray<NodeId>> } => {
  const { settings, oracle, start } = world
  const tree: Array<Grown> = []
  const rankings: Array<ReadonlyArray<NodeId>> = []
  let places: Array<NodeId> =
    start === undefined ? Array.from({ length: settings.drafts }, (_, index) => draftId(index)) : [draftId(0)]
  while (true) {
    const generation: Array<Grown> = []
    for (const node of places) {
      if (tree.length === settings.maxPrograms) return { tree, rankings }
      const role = rankings.length === 0 ? "draft" : "repair"
      const program =
        start !== undefined && tree.length === 0
          ? start
          : programIn(answerOf(oracle, role, callKeyOf(node, role)))
      const scores = evaluate(oracle.cases, program).cases.map(({ score }) => score)
      const grown = { node, program, scores }
      tree.push(grown)
      generation.push(grown)
      if (scores.every((score) => score === 1)) return { tree, rankings }
    }
    if (tree.length === settings.maxPrograms) return { tree, rankings }
    const survivors = survivorsOf(settings, rankings.length, generation)
    rankings.push(survivors)
    places = survivors.flatMap((parent) =>
      Array.from({ length: settings.explanations }, (_, e) => instructionId(parent, e)).flatMap(
        (instruction) => Array.from({ length: settings.repairs }, (_, r) => repairId(instruction, r))
      )
    )
  }
}

const programIn = (answer: string): string | undefined => {
  const found = programOf(answer, "python")
  return found._tag === "Program" ? found.program : undefined
}

export const meanOf = (scores: ReadonlyArray<number>): number =>
  scores.reduce((sum, score) => sum + score, 0) / scores.length

const survivorsOf = (
  { ranking, beamWidth, seed }: SearchSettings,
  generation: number,
  grown: ReadonlyArray<Grown>
): ReadonlyArray<NodeId> => {
  const candidates = grown.map(
    ({ node, scores }): Candidate => ({ node, score: meanOf(scores), caseScores: scores })
  )
  const randomOf = (slot: number) => randomFor(seed, "rank", generation, slot)
  switch (ranking.kind) {
    case "score":
      return candidates
        .map((candidate, index) => ({ ...candidate, index }))
        .sort((left, right) => right.score - left.score || left.index - right.index)
        .slice(0, beamWidth)
        .map(({ node }) => node)
    case "lexicase":
      return byLexicase(candidates, beamWidth, randomOf)
    case "tournament":
      return byTournament(ranking.size)(candidates, beamWidth, randomOf)
  }
}

import type { NodeId } from "../../ids.ts"
import type { Random } from "../../random.ts"

/** A judged member of a generation: its score and the score of every case. */
export interface Candidate {
  readonly node: NodeId
  readonly score: number
  readonly caseScores: ReadonlyArray<number>
}

/**
 * Chooses the survivors of a generation: at most `width` different candidates, in order of selection. Candidates
 * come in order of index; `randomOf(slot)` is the generator of one choice, the same in every run.
 */
export type Selection = (
  candidates: ReadonlyArray<Candidate>,
  width: number,
  randomOf: (slot: number) => Random
) => ReadonlyArray<NodeId>

/** Fills slot after slot, each time from those who are left. */
export const slotBySlot =
  (choose: (pool: ReadonlyArray<Candidate>, random: Random) => Candidate): Selection =>
  (candidates, width, randomOf) => {
    const pool = [...candidates]
    const chosen: Array<NodeId> = []
    while (chosen.length < width && pool.length > 0) {
      const candidate = choose(pool, randomOf(chosen.length))
      chosen.push(candidate.node)
      pool.splice(pool.indexOf(candidate), 1)
    }
    return chosen
  }

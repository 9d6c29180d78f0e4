import { type Selection, slotBySlot } from "./selection.ts"

/**
 * Tournament selection: for each choice `size` different candidates of those left are drawn, and the one with the
 * highest mean score wins; among equals, chance has already decided by the order of the draw.
 */
export const byTournament = (size: number): Selection =>
  slotBySlot((pool, random) => {
    const entrants = random.shuffle(pool).slice(0, size)
    return entrants.reduce((best, entrant) => (entrant.score > best.score ? entrant : best))
  })

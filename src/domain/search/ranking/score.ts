import type { Selection } from "./selection.ts"

/** The highest mean scores; equal scores stay in order of index. */
export const byScore: Selection = (candidates, width) =>
  [...candidates]
    .sort((left, right) => right.score - left.score)
    .slice(0, width)
    .map(({ node }) => node)

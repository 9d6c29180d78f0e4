import type { Best } from "../../domain/events.ts"
import { openSteps } from "../../domain/search/decide.ts"
import type { RunState } from "../../domain/search/state.ts"
import type { Work } from "../../domain/search/work.ts"

/** A step that can be taken: `place` is the node or instruction that it is for, if it is for one. */
export interface OpenStep {
  readonly step: Work["_tag"]
  readonly place: string | null
  readonly index: number
}

/** How far a run has come. `judged` counts programs with a verdict. */
export interface Standing {
  readonly phase: "not started" | "searching" | "ended" | "finished"
  readonly generation: number
  readonly judged: number
  readonly best: Best | null
  readonly open: ReadonlyArray<OpenStep>
}

export const openStep = (work: Work): OpenStep => ({
  step: work._tag,
  place: "node" in work ? work.node : "instruction" in work ? work.instruction : null,
  index: work.index
})

export const standingOf = (state: RunState): Standing => {
  if (state._tag === "NotStarted") {
    return { phase: "not started", generation: 0, judged: 0, best: null, open: [] }
  }
  const { ended, generation, judgedCount, best } = state.search
  return {
    phase: state._tag === "Finished" ? "finished" : ended === undefined ? "searching" : "ended",
    generation,
    judged: judgedCount,
    best: best ?? null,
    open: openSteps(state).map(openStep)
  }
}

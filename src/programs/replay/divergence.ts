import { areSame, type Difference, differences } from "../../domain/difference.ts"
import type { Event } from "../../domain/events.ts"
import { openSteps } from "../../domain/search/decide.ts"
import type { RunState } from "../../domain/search/state.ts"
import type { Stored } from "../../services/EventLog.ts"
import { comparable } from "./comparable.ts"
import type { Derivation } from "./derive.ts"
import { type OpenStep, openStep } from "./standing.ts"

/** Where a recorded run first differs from what its own past makes of it. */
export interface Divergence {
  readonly pos: number
  readonly recorded: Event
  /** The event that should stand there; null when none of its kind should. */
  readonly derived: object | null
  /** Field by field: recorded on the left, derived on the right; `cause` is the position of what led to it. */
  readonly difference: ReadonlyArray<Difference>
  readonly reason: string
  /** The steps that could have come there. */
  readonly open: ReadonlyArray<OpenStep>
}

/** A divergence because nothing like the recorded event can stand at its place. */
export const impossible = (
  { pos, event }: Pick<Stored, "pos" | "event">,
  state: RunState,
  reason: string
): Divergence => ({
  pos,
  recorded: event,
  derived: null,
  difference: [],
  reason,
  open: openSteps(state).map(openStep)
})

/** What a derivation says against a recorded event; undefined when it is as it has to be. */
export const divergenceFrom = (
  derivation: Derivation,
  stored: Stored,
  state: Exclude<RunState, { readonly _tag: "NotStarted" }>
): Divergence | undefined => {
  const { event, cause } = stored
  switch (derivation._tag) {
    case "Free":
      return undefined
    case "Impossible":
      return impossible(stored, state, derivation.reason)
    case "Derived": {
      const fields = comparable(derivation.fields, event, state.search.rules)
      const causes = derivation.causes.filter((known) => known !== undefined)
      const isCaused = causes.length === 0 || causes.includes(cause)
      if (isCaused && areAsRecorded(fields, event)) return undefined
      const derived = { ...event, ...fields }
      const difference = [
        ...differences(event, derived),
        ...(isCaused ? [] : [{ path: "cause", left: cause, right: causes[0] }])
      ]
      const names = difference.map(({ path }) => path)
      const reason = `${names.join(", ")} ${names.length === 1 ? "is" : "are"} not what follows`
      return { ...impossible(stored, state, reason), derived, difference }
    }
  }
}

const areAsRecorded = (derived: object, recorded: object): boolean => {
  const stands: Readonly<Record<string, unknown>> = { ...recorded }
  return Object.entries(derived).every(([name, value]) => areSame(value, stands[name]))
}

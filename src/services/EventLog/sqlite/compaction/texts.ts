import { SqlError } from "@effect/sql/SqlError"
import { Effect } from "effect"
import type { Forms } from "../../../../domain/eventForms.ts"
import type { Ref } from "../../../../domain/events.ts"
import type { RunId } from "../../../../domain/ids.ts"
import { redactableIn, refsIn } from "../../../../domain/refs.ts"
import type { Removal } from "../../../LogCompaction.ts"
import { fromRow } from "../../eventRow.ts"
import { eachRow } from "../eventPages.ts"
import type { Run } from "../transaction.ts"
import { type Line, readUpTo } from "./family.ts"

/** What becomes of the texts that the events of a new log name. */
export interface TextPlan {
  readonly named: ReadonlySet<Ref>
  readonly redacted: ReadonlySet<Ref>
  /** Of texts that were to be redacted with their runs, how many stay because other runs name them. */
  readonly shared: number
  /** The texts that say what runs are about; they cannot be taken out. */
  readonly fixed: ReadonlyMap<Ref, RunId>
}

/** Reads the events of the runs that stay. */
export const planTexts = (
  run: Run,
  forms: Forms,
  lines: ReadonlyArray<Line>,
  removal: Removal
): Effect.Effect<TextPlan, SqlError> =>
  Effect.gen(function* () {
    const redact = new Set(removal.redact)
    const reach = readUpTo(lines, redact)
    const named = new Set<Ref>()
    const fixed = new Map<Ref, RunId>()
    const wanted = new Set<Ref>()
    const needed = new Set<Ref>()
    for (const { run_id } of lines) {
      const look = eachRow(run, run_id, 0, ({ link, ...row }) => {
        const { event } = fromRow(row, link, forms)
        const redactable = new Set(redactableIn(event))
        for (const ref of refsIn(event)) {
          named.add(ref)
          if (!redactable.has(ref)) fixed.set(ref, run_id)
        }
        if (redact.has(run_id)) for (const ref of redactable) wanted.add(ref)
        if (row.pos <= reach.get(run_id)!) for (const ref of redactable) needed.add(ref)
      })
      // An event that cannot be read ends the page with an exception.
      yield* Effect.catchAllDefect(
        look,
        (cause) => new SqlError({ cause, message: "An event cannot be read" })
      )
    }
    const redacted = new Set([...wanted].filter((ref) => !needed.has(ref) && !fixed.has(ref)))
    for (const ref of removal.texts) if (named.has(ref)) redacted.add(ref)
    const shared = [...wanted].filter((ref) => !redacted.has(ref)).length
    return { named, redacted, shared, fixed }
  })

import type { Event } from "../../domain/events.ts"
import { type Rules, rules } from "../../domain/rules.ts"

/** The rules of a run that are not the present ones. */
export const otherRules = (recorded: Rules): ReadonlyArray<keyof Rules> =>
  (["prompts", "extraction"] as const).filter((name) => recorded[name] !== rules[name])

/**
 * Of the fields that follow from a run's past, those that the present version can judge: a text that other rules made
 * is taken as it was recorded, with its hash.
 */
export const comparable = (fields: object, event: Event, recorded: Rules): object => {
  const others = otherRules(recorded)
  if (others.length === 0) return fields
  const derived = new Map<string, unknown>(Object.entries(fields))
  const asRecorded = new Map<string, unknown>(Object.entries(event))
  for (const name of others.flatMap((other) => madeBy[other][event._tag] ?? [])) {
    if (derived.has(name)) derived.set(name, asRecorded.get(name))
  }
  return Object.fromEntries(derived)
}

type Fields = Partial<Readonly<Record<Event["_tag"], ReadonlyArray<string>>>>

const madeBy: Readonly<Record<keyof Rules, Fields>> = {
  prompts: { CompletionRequested: ["requestHash", "request"], InstructionWritten: ["text"] },
  extraction: { ProgramWritten: ["program", "reason"] }
}

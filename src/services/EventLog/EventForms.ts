import { Context } from "effect"
import { eventForms, type Forms } from "../../domain/eventForms.ts"

/** The versions of the events that a log knows; others than the released ones are for tests of what is to come. */
export class EventForms extends Context.Reference<EventForms>()("seidr/EventForms", {
  defaultValue: (): Forms => eventForms
}) {}

import { Context, Effect } from "effect"

/**
 * Where a service says something to the user on the side, in one line: an outage, what could not be done in the end.
 * It goes to the process's logger by default.
 */
export class Notices extends Context.Reference<Notices>()("seidr/Notices", {
  defaultValue: () => ({ say: (line: string): Effect.Effect<void> => Effect.logWarning(line) })
}) {}

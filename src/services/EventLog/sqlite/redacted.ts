import { Effect } from "effect"
import type { Ask } from "./eventPages.ts"

/** The texts that were taken out of a log; none in one whose schema does not know of it yet. */
export const redactedTexts = <E>(ask: Ask<E>): Effect.Effect<ReadonlyArray<string>, E> =>
  Effect.gen(function* () {
    const tables = yield* ask("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'redacted'")
    if (tables.length === 0) return []
    const rows = yield* ask<{ readonly hash: string }>("SELECT hash FROM redacted")
    return rows.map(({ hash }) => hash)
  })

/** Why a text that was taken out cannot be had. */
export const takenOut = (ref: string): string => `text ${ref} was taken out by \`seidr compact\``

import { Effect } from "effect"
import type { Ref } from "../../../domain/events.ts"
import type { Ask } from "./eventPages.ts"

/** The texts that were taken out of a log, with the time in ms; none in one whose schema does not know of it yet. */
export const redactedTexts = <E>(ask: Ask<E>): Effect.Effect<ReadonlyMap<Ref, number>, E> =>
  Effect.gen(function* () {
    const tables = yield* ask("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'redacted'")
    if (tables.length === 0) return new Map()
    const rows = yield* ask<{ readonly hash: Ref; readonly at: number }>("SELECT hash, at FROM redacted")
    return new Map(rows.map(({ hash, at }) => [hash, at]))
  })

/** Why a text that was taken out cannot be had. */
export const takenOut = (ref: string): string => `text ${ref} was taken out by \`seidr compact\``

import { Effect } from "effect"
import type { Limits } from "../../../domain/evaluation.ts"
import type { Opened } from "../../Sandbox.ts"

/** The tests are trusted, but what they compare comes from a program that is not. */
export const testsLimits: Limits = {
  timeMs: 10_000,
  memoryBytes: 512 * 2 ** 20,
  outputBytes: 16 * 2 ** 20
}

/** What starts a program of ours, which needs no compiler. */
export const startOf = (opened: Opened) =>
  opened._tag === "Open" ? Effect.succeed(opened.talk) : Effect.dieMessage(opened.diagnostics)

import { Context, type Effect } from "effect"
import type { Language } from "../domain/language.ts"
import type { ProblemInvalid, ProblemRequest } from "./ProblemSource.ts"

/** A program that solves a problem, as the problem's authors or ours have written it. */
export interface Reference {
  readonly language: Language
  readonly program: string
}

/** The solutions of built-in problems. No search may see one: only their verification asks for them. */
export class ReferencePrograms extends Context.Tag("seidr/ReferencePrograms")<
  ReferencePrograms,
  {
    /** Undefined where there is none, or none in that language. */
    readonly of: (
      request: ProblemRequest,
      language: Language | undefined
    ) => Effect.Effect<Reference | undefined, ProblemInvalid>
  }
>() {}

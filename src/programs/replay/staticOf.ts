import { Either } from "effect"
import type { Ref } from "../../domain/events.ts"
import type { Problem } from "../../domain/problem.ts"
import { staticInstruction } from "../../domain/prompts/failure.ts"
import type { Parent } from "../../domain/search/member.ts"
import type { Made, TextsAtHand } from "./textsAtHand.ts"

/** The instruction that is made without a model for a place that holds a program. */
export const staticOf = (
  parent: Pick<Parent, "judged">,
  program: Ref,
  { validation }: Problem,
  texts: TextsAtHand
): Made<string> =>
  Either.flatMap(texts.get(program), (source) =>
    Either.map(texts.evaluationOf(parent), (evaluation) => staticInstruction(evaluation, validation, source))
  )

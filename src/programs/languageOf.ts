import { Effect } from "effect"
import { type Language, languages } from "../domain/language.ts"
import { type LoadedProblem, ProblemInvalid } from "../services/ProblemSource.ts"

/**
 * The language of a problem's programs: the one that the user asks for, else the one that a program's file is `named` as,
 * else the problem's own, else Python. Unit tests are in one language, which no wish can change.
 */
export const languageOf = (
  { problem, language }: LoadedProblem,
  asked: Language | undefined,
  named?: Language
): Effect.Effect<Language, ProblemInvalid> => {
  const { check, name } = problem
  if (check._tag !== "UnitTests") return Effect.succeed(asked ?? named ?? language ?? "python")
  if (asked === undefined || asked === check.language) return Effect.succeed(check.language)
  const reason = `its tests are in ${languages[check.language].title}, and the language asked for is ${languages[asked].title}`
  return new ProblemInvalid({ problem: name, reason })
}

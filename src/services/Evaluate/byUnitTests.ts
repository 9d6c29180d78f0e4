import { Effect } from "effect"
import type { UnitTestsCheck } from "../../domain/check.ts"
import { type CaseResult, type Evaluation, evaluationOf } from "../../domain/evaluation.ts"
import { languages } from "../../domain/language.ts"
import { testedLanguages } from "../../domain/unitTests/languages.ts"
import type { Sandbox, SandboxError } from "../Sandbox.ts"
import type { Question } from "./Question.ts"
import { inTwoProcesses } from "./unitTests/inTwoProcesses.ts"
import { byPythonTests } from "./unitTests/python.ts"

/** Runs unit tests on what a program defines; those of a language stand in that language. */
export const byUnitTests = (
  question: Question,
  check: UnitTestsCheck
): Effect.Effect<Evaluation, SandboxError, Sandbox> => {
  const { language } = question
  if (language !== check.language) return Effect.succeed(allFailed(question, check))
  if (language === "python") return byPythonTests(question, check)
  const tested = testedLanguages[language]
  return tested === undefined
    ? Effect.dieMessage(`there are no unit tests in ${languages[language].title}`)
    : inTwoProcesses(question, check, tested)
}

const allFailed = ({ cases, language }: Question, check: UnitTestsCheck): Evaluation => {
  const error = `the tests are in ${languages[check.language].title}, the program is in ${languages[language].title}`
  const failed: CaseResult = { verdict: "CompileError", score: 0, ms: 0, memoryBytes: 0, error }
  return evaluationOf(cases.map(() => failed))
}

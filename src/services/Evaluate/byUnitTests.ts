import { Effect } from "effect"
import type { UnitTestsCheck } from "../../domain/check.ts"
import type { Evaluation } from "../../domain/evaluation.ts"
import type { Question } from "../Evaluate.ts"
import type { Sandbox, SandboxError } from "../Sandbox.ts"
import { byPythonTests } from "./unitTests/python.ts"

export const byUnitTests = (
  question: Question,
  check: UnitTestsCheck
): Effect.Effect<Evaluation, SandboxError, Sandbox> =>
  check.language === "python" ? byPythonTests(question, check) : Effect.dieMessage("not there yet")

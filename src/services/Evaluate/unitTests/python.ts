import { Effect } from "effect"
import type { UnitTestsCheck } from "../../../domain/check.ts"
import type { Evaluation } from "../../../domain/evaluation.ts"
import type { Question } from "../../Evaluate.ts"
import type { Sandbox, SandboxError } from "../../Sandbox.ts"

export const byPythonTests = (
  _question: Question,
  _check: UnitTestsCheck
): Effect.Effect<Evaluation, SandboxError, Sandbox> => Effect.dieMessage("not there yet")

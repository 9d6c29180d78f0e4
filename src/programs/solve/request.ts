import type { Duration } from "effect"
import type { Language } from "../../domain/language.ts"
import type { Role } from "../../domain/request.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { ProblemRequest } from "../../services/ProblemSource.ts"

/** What a user asks to be solved, and how. */
export interface SolveRequest {
  readonly problem: ProblemRequest
  /** When undefined: the language that the problem file asks for, else Python. */
  readonly language: Language | undefined
  /** The model of each role, by its full name. */
  readonly models: Readonly<Record<Role, string>>
  /** When undefined: what each model's family has. */
  readonly batchSize: number | undefined
  readonly search: Omit<SearchSettings, "language" | "models" | "seed">
  /** A program to begin from instead of drafts. */
  readonly start: string | undefined
  readonly label: string | undefined
  /** How long an endpoint may fail before the run lets go. */
  readonly maxOutage: Duration.Duration
}

import { Effect, Schema } from "effect"
import { sha256 } from "../../domain/hash.ts"
import type { Language } from "../../domain/language.ts"
import { type Case, hashCases, Problem } from "../../domain/problem.ts"
import type { Role } from "../../domain/request.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import { seal } from "../../services/HiddenCases/sealed.ts"
import { HiddenCases } from "../../services/HiddenCases.ts"
import { LanguageModel, type ModelError } from "../../services/LanguageModel.ts"
import { type ProblemInvalid, ProblemSource } from "../../services/ProblemSource.ts"
import { Sandbox, type SandboxError } from "../../services/Sandbox.ts"
import { languageOf } from "../languageOf.ts"
import type { SolveRequest } from "./request.ts"

/** A run that can begin: everything that could be refused has been looked at, and nothing has been written. */
export interface Prepared {
  readonly request: SolveRequest
  readonly problem: Problem
  readonly document: string
  readonly casesHash: string
  readonly hidden: { readonly text: string; readonly cases: ReadonlyArray<Case> } | null
  readonly settings: SearchSettings
  readonly environment: { readonly tier: string; readonly toolchain: string }
}

const encodeProblem = Schema.encodeSync(Schema.parseJson(Problem))

/** Loads the problem, and asks the models' endpoints and the sandbox whether they can serve. */
export const prepare = (
  request: SolveRequest
): Effect.Effect<
  Prepared,
  ProblemInvalid | ModelError | SandboxError,
  ProblemSource | HiddenCases | LanguageModel | Sandbox
> =>
  Effect.gen(function* () {
    const loaded = yield* (yield* ProblemSource).load(request.problem)
    const { problem } = loaded
    const language = yield* languageOf(loaded, request.language)
    const sandbox = yield* Sandbox
    const tier = yield* sandbox.tier
    const toolchain = yield* sandbox.toolchain(language)
    const models = yield* modelsOf(request, language, problem)
    const hidden = yield* (yield* HiddenCases).hidden(request.problem)
    return {
      request,
      problem,
      document: encodeProblem(problem),
      casesHash: hashCases(problem.validation),
      hidden: hidden.length === 0 ? null : { text: seal(hidden), cases: hidden },
      settings: { ...request.search, language, models, seed: request.problem.seed },
      environment: { tier: tier.name, toolchain }
    }
  })

const modelsOf = ({ batchSize, models: names }: SolveRequest, language: Language, problem: Problem) =>
  Effect.gen(function* () {
    const model = yield* LanguageModel
    const roleModel = (role: Role) =>
      Effect.map(model.roleModel(names[role], { role, language, problem }), ({ name, batch }) => ({
        name,
        batch: batchSize ?? batch
      }))
    const models = {
      draft: yield* roleModel("draft"),
      explain: yield* roleModel("explain"),
      repair: yield* roleModel("repair")
    }
    const settled = new Set(Object.values(models).map(({ name }) => name))
    yield* Effect.forEach(settled, (name) => model.check(name, language, problem), { discard: true })
    return models
  })

/** The names under which the texts of a prepared run are stored. */
export const refsOf = (prepared: Prepared) => ({
  document: sha256(prepared.document),
  hidden:
    prepared.hidden === null
      ? null
      : {
          document: sha256(prepared.hidden.text),
          casesHash: hashCases(prepared.hidden.cases),
          cases: prepared.hidden.cases.length
        },
  start: prepared.request.start === undefined ? null : sha256(prepared.request.start)
})

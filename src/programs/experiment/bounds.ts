import { Effect } from "effect"
import { costOf, type Prices } from "../../domain/metrics/modelCost.ts"
import { draftRequest } from "../../domain/prompts/requests.ts"
import type { Role } from "../../domain/request.ts"
import { ProblemSource } from "../../services/ProblemSource.ts"
import { languageOf } from "../languageOf.ts"
import type { SolveRequest } from "../solve/request.ts"

/** What a run may ask of its models, at most: it stops as soon as it has solved. Nobody is asked for it. */
export interface Bounds {
  readonly problem: string
  readonly language: string
  readonly programs: number
  readonly calls: number
  readonly tokens: { readonly in: number; readonly out: number }
  /** In the currency of the prices; null where a model that is asked has none. */
  readonly cost: number | null
}

/** An answer of a model is taken to have at most so many tokens; those of programs of the benchmarks have a tenth. */
export const answerTokens = 2_048
/** Characters of a token: English and code have about four, so that three are on the safe side. */
const tokenCharacters = 3

/**
 * The bounds of a run, from its settings and its first prompt. A request holds the draft's prompt and at most a program
 * and an instruction, both of which are answers.
 */
export const boundsOf = Effect.fn("boundsOf")(function* (request: SolveRequest, prices: Prices) {
  const loaded = yield* (yield* ProblemSource).load(request.problem)
  const { problem } = loaded
  const language = yield* languageOf(loaded, request.language)
  const name = (model: string) => ({ name: model, batch: 1 })
  const { draft, explain, repair } = request.models
  const models = { draft: name(draft), explain: name(explain), repair: name(repair) }
  const settings = { ...request.search, language, models, seed: request.problem.seed }
  const { system, user } = draftRequest(settings, problem, 0)
  const prompt = Math.ceil([...system, ...user].join("").length / tokenCharacters)
  const byRole = mostCalls(request.search, request.start !== undefined)
  const calls = byRole.draft + byRole.explain + byRole.repair
  const tokensOf = (number: number) => ({
    in: number * (prompt + 2 * answerTokens),
    out: number * answerTokens
  })
  const costs = roles
    .filter((role) => byRole[role] > 0)
    .map((role) => costOf(request.models[role], tokensOf(byRole[role]), prices))
  const bounds: Bounds = {
    problem: problem.name,
    language,
    programs: settings.maxPrograms,
    calls,
    tokens: tokensOf(calls),
    cost: costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0)
  }
  return bounds
})

const roles: ReadonlyArray<Role> = ["draft", "explain", "repair"]

/** By role, a call for each program of the budget, and for each instruction that they need. */
export const mostCalls = (
  search: Omit<SolveRequest["search"], "limits" | "temperature" | "ranking">,
  hasStart: boolean
): Readonly<Record<Role, number>> => {
  const { beamWidth, drafts, explanations, instructions, maxPrograms, repairs } = search
  let size = Math.min(hasStart ? 1 : drafts, maxPrograms)
  const calls = { draft: hasStart ? 0 : size, explain: 0, repair: 0 }
  for (let first = size; first < maxPrograms; first += size) {
    size = Math.min(Math.min(beamWidth, size) * explanations * repairs, maxPrograms - first)
    calls.repair += size
    if (instructions === "model") calls.explain += Math.ceil(size / repairs)
  }
  return calls
}

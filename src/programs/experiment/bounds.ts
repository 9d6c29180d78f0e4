import { Effect } from "effect"
import { draftRequest } from "../../domain/prompts/requests.ts"
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
}

/** An answer of a model is taken to have at most so many tokens; those of programs of the benchmarks have a tenth. */
export const answerTokens = 2_048
/** Characters of a token: English and code have about four, so that three are on the safe side. */
const tokenCharacters = 3

/**
 * The bounds of a run, from its settings and its first prompt. A request holds the draft's prompt and at most a program
 * and an instruction, both of which are answers.
 */
export const boundsOf = Effect.fn("boundsOf")(function* (request: SolveRequest) {
  const loaded = yield* (yield* ProblemSource).load(request.problem)
  const { problem } = loaded
  const language = yield* languageOf(loaded, request.language)
  const name = (model: string) => ({ name: model, batch: 1 })
  const { draft, explain, repair } = request.models
  const models = { draft: name(draft), explain: name(explain), repair: name(repair) }
  const settings = { ...request.search, language, models, seed: request.problem.seed }
  const { system, user } = draftRequest(settings, problem, 0)
  const prompt = Math.ceil([...system, ...user].join("").length / tokenCharacters)
  const calls = mostCalls(request.search, request.start !== undefined)
  const bounds: Bounds = {
    problem: problem.name,
    language,
    programs: settings.maxPrograms,
    calls,
    tokens: { in: calls * (prompt + 2 * answerTokens), out: calls * answerTokens }
  }
  return bounds
})

/** A call for each program of the budget, and for each instruction that they need. */
export const mostCalls = (search: SolveRequest["search"], hasStart: boolean): number => {
  const { beamWidth, drafts, explanations, instructions, maxPrograms, repairs } = search
  let size = Math.min(hasStart ? 1 : drafts, maxPrograms)
  let calls = hasStart ? 0 : size
  for (let first = size; first < maxPrograms; first += size) {
    size = Math.min(Math.min(beamWidth, size) * explanations * repairs, maxPrograms - first)
    calls += size + (instructions === "model" ? Math.ceil(size / repairs) : 0)
  }
  return calls
}

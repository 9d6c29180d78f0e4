import { exactly } from "../../src/domain/comparison.ts"
import { columnsOf, detailsOf } from "../../src/domain/details.ts"
import { judge, noProgram } from "../../src/domain/evaluation.ts"
import type { Event, Recorded, RunStarted } from "../../src/domain/events.ts"
import { canonicalJson, hashOf, sha256 } from "../../src/domain/hash.ts"
import { draftId, type InstructionId, type NodeId } from "../../src/domain/ids.ts"
import { hashCases } from "../../src/domain/problem.ts"
import type { Random } from "../../src/domain/random.ts"
import type { Role } from "../../src/domain/request.ts"
import { rules } from "../../src/domain/rules.ts"
import { callKeyOf } from "../../src/domain/search/callKey.ts"
import { decide, type InFlight, isCancelled } from "../../src/domain/search/decide.ts"
import { evolve } from "../../src/domain/search/evolve.ts"
import { notStarted, type RunState, type Search } from "../../src/domain/search/state.ts"
import { actorOf, type Work } from "../../src/domain/search/work.ts"
import type { SearchSettings } from "../../src/domain/settings.ts"
import { instructionText } from "../../src/services/Instruct.ts"
import { conclusionOf } from "../../src/services/Rank.ts"
import { programWritten } from "../../src/services/written.ts"
import { answerOf, type Oracle } from "./oracle.ts"
import { casesOf, runSmallProgram } from "./smallPrograms.ts"

/** A search to simulate: its settings, what models and programs do, and the program it starts from, if any. */
export interface World {
  readonly settings: SearchSettings
  readonly oracle: Oracle
  readonly start?: string
  readonly hidden?: boolean
}

export const startOf = ({ settings, oracle, start, hidden = true }: World): RunStarted => ({
  _tag: "RunStarted",
  problem: {
    name: "echo",
    document: sha256("document"),
    casesHash: hashCases(casesOf(oracle.cases)),
    cases: oracle.cases,
    origin: { dataset: "test" }
  },
  settings,
  hidden: hidden ? { document: sha256("hidden"), casesHash: "", cases: 1 } : null,
  start: start === undefined ? null : sha256(start),
  label: null,
  rules,
  environment: { seidr: "0", node: "0", tier: "none", toolchain: "none" }
})

/**
 * A search without any effect: in every turn one of the steps under way appends its next events, chosen by `random`,
 * so that every order that `decide` allows can come up. What a solution has made surplus is dropped or comes late.
 */
export const simulate = (
  world: World,
  capacity: number,
  random: Random,
  observe: (events: ReadonlyArray<Recorded>, state: RunState) => void = () => {}
): { readonly events: ReadonlyArray<Recorded>; readonly state: RunState } => {
  const events: Array<Recorded> = []
  const texts = new Map<string, string>()
  let state = notStarted
  let underWay: Array<{ readonly work: Work; readonly batches: Array<ReadonlyArray<Event>> }> = []
  const append = (batch: ReadonlyArray<Event>) => {
    for (const event of batch) {
      const recorded = { pos: events.length, event }
      events.push(recorded)
      state = evolve(state, recorded)
      observe(events, state)
    }
  }
  append([startOf(world)])
  if (world.start !== undefined) {
    texts.set(sha256(world.start), world.start)
    append([
      { _tag: "ProgramWritten", node: draftId(0), index: 0, program: sha256(world.start), reason: null }
    ])
  }
  while (state._tag === "Searching") {
    const { search } = state
    if (underWay.length === 0 || random.chance(0.7)) {
      for (const work of decide(state, flightOf(underWay), capacity)) {
        underWay.push({ work, batches: consequences(world, work, search, texts) })
      }
    }
    if (underWay.length === 0) throw new Error("the search stands still")
    const turn = random.pick(underWay)
    append(turn.batches.shift()!)
    underWay = underWay.filter(
      ({ work, batches }) => batches.length > 0 && !(isCancelled(state, work) && random.chance(0.5))
    )
  }
  return { events, state }
}

const flightOf = (underWay: ReadonlyArray<{ readonly work: Work }>): InFlight => {
  const of = (name: string) =>
    new Map(underWay.flatMap(({ work }) => (actorOf(work) === name ? [[work.order, work]] : [])))
  return {
    Synthesize: of("Synthesize"),
    Execute: of("Execute"),
    Rank: of("Rank"),
    Instruct: of("Instruct"),
    Debug: of("Debug")
  }
}

/** What a step appends, batch after batch. */
const consequences = (
  { settings, oracle }: World,
  work: Work,
  search: Search,
  texts: Map<string, string>
): Array<ReadonlyArray<Event>> => {
  switch (work._tag) {
    case "Draft":
    case "Debug": {
      const asked = asking(oracle, work.node, work.index, work._tag === "Draft" ? "draft" : "repair")
      const written = programWritten(settings.language, work, asked.answer)
      for (const text of written.texts) texts.set(sha256(text), text)
      return [[asked.requested], [asked.received, written.event]]
    }
    case "Instruct": {
      const { instruction, index, parent } = work
      const written = (source: "model" | "static" | "fixed", text: string): Event => ({
        _tag: "InstructionWritten",
        instruction,
        index,
        text: sha256(text),
        source
      })
      if (parent.program === null) return [[written("fixed", "fixed")]]
      if (settings.instructions === "static") return [[written("static", parent.judged.verdicts)]]
      const asked = asking(oracle, instruction, index, "explain")
      return [[asked.requested], [asked.received, written("model", instructionText(asked.answer))]]
    }
    case "Execute": {
      const { node, index, program, known } = work
      const place = { _tag: "ProgramEvaluated", node, index, program } as const
      if (known !== undefined) return [[{ ...place, ...known, source: "same" }]]
      const evaluation = evaluate(oracle.cases, program === null ? undefined : texts.get(program))
      const details = sha256(canonicalJson(detailsOf(evaluation)))
      return [[{ ...place, ...columnsOf(evaluation), details, source: program === null ? "none" : "ran" }]]
    }
    case "ScoreHidden":
      return [[{ _tag: "HiddenScored", node: work.node, verdicts: "P", score: 1, passed: 1, total: 1 }]]
    case "Rank":
    case "End":
    case "Finish": {
      const event = conclusionOf(work, search)
      if (event === undefined) throw new Error(`${work._tag} has nothing to conclude`)
      return [[event]]
    }
  }
}

export const evaluate = (cases: number, source: string | undefined) => {
  const given = casesOf(cases)
  if (source === undefined) return noProgram(cases)
  const inputs = given.map(({ input }) => input)
  return judge(given, runSmallProgram(source, inputs), exactly)
}

const asking = (oracle: Oracle, place: NodeId | InstructionId, index: number, role: Role) => {
  const callKey = callKeyOf(place, role)
  const requestHash = hashOf("request", callKey)
  const answer = answerOf(oracle, role, callKey)
  const requested: Event = {
    _tag: "CompletionRequested",
    callKey,
    place,
    index,
    role,
    attempt: 1,
    requestHash,
    request: { model: "scripted", temperature: 0, system: [], user: [] }
  }
  const received: Event = {
    _tag: "CompletionReceived",
    callKey,
    place,
    attempt: 1,
    requestHash,
    answer: sha256(answer),
    usage: { in: 1, out: answer.length },
    finishReason: "stop",
    servedBy: null,
    latencyMs: 0
  }
  return { answer, requested, received }
}

// Runs of any length, made without the ring: what the search wants next is done at once, and what comes of it is
// written in large batches by the log itself. Such a run replays like any other.
import { Effect } from "effect"
import { columnsOf, detailsOf } from "../../dist/src/domain/details.js"
import { sha256 } from "../../dist/src/domain/hash.js"
import { failureText } from "../../dist/src/domain/prompts/failure.js"
import { draftRequest, explainRequest, repairRequest } from "../../dist/src/domain/prompts/requests.js"
import { requestHash } from "../../dist/src/domain/request.js"
import { rules } from "../../dist/src/domain/rules.js"
import { callKeyOf } from "../../dist/src/domain/search/callKey.js"
import { decide } from "../../dist/src/domain/search/decide.js"
import { evolve } from "../../dist/src/domain/search/evolve.js"
import { notStarted } from "../../dist/src/domain/search/state.js"
import { actorNames } from "../../dist/src/domain/search/work.js"
import { EventLog } from "../../dist/src/services/EventLog.js"
import { instructionText } from "../../dist/src/services/Instruct.js"
import { conclusionOf } from "../../dist/src/services/Rank.js"
import { programWritten } from "../../dist/src/services/written.js"
import { answerTo, evaluationFor, inFlight, preparedFor, problem } from "./world.mjs"

const nothingInFlight = Object.fromEntries(actorNames.map((name) => [name, new Map()]))
const batchSize = 2_000

/** Where a run begins that is to be written: nothing is known of it yet. */
export const unwritten = () => ({ state: notStarted, pos: -1, texts: new Map(), evaluations: new Map() })

/** The beginning of a run. */
export const startOf = (prepared) => ({
  _tag: "RunStarted",
  problem: {
    name: problem.name,
    document: sha256(prepared.document),
    casesHash: prepared.casesHash,
    cases: problem.validation.length,
    origin: problem.origin
  },
  settings: prepared.settings,
  hidden: null,
  start: null,
  label: null,
  rules,
  environment: { seidr: "0", node: process.version, ...prepared.environment }
})

/**
 * Writes a run up to a position, from where it stands: its first event if it has none yet, then what the search
 * wants. `begin` appends that first event. Gives where the run stands then.
 */
export const writeRun = (runId, from, first, upTo, begin) =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const { settings } = first
    let { state, pos, texts: keptTexts, evaluations } = from
    let batch = []
    let texts = []
    state = evolve(state, { pos: pos + 1, event: first })
    pos += 1
    yield* begin(first)
    const record = (event, cause, ...added) => {
      if (pos >= upTo) return
      pos += 1
      state = evolve(state, { pos, event })
      batch.push({ event, cause })
      texts.push(...added)
    }
    const ask = (place, { index, cause }, request) => {
      const callKey = callKeyOf(place, request.role)
      const hash = requestHash(request)
      const { model, temperature, system, user } = request
      const answer = answerTo(request.role, callKey)
      record(
        {
          _tag: "CompletionRequested",
          callKey,
          place,
          index,
          role: request.role,
          attempt: 1,
          requestHash: hash,
          request: { model, temperature, system: system.map(sha256), user: user.map(sha256) }
        },
        cause,
        ...system,
        ...user
      )
      const asked = pos
      record(
        {
          _tag: "CompletionReceived",
          callKey,
          place,
          attempt: 1,
          requestHash: hash,
          answer: sha256(answer),
          usage: { in: 400, out: 200 },
          finishReason: "stop",
          servedBy: null,
          latencyMs: 1
        },
        asked,
        answer
      )
      return { answer, asked }
    }
    const write = (work, request) => {
      const { answer, asked } = ask(work.node, work, request)
      const written = programWritten(settings.language, work, answer)
      if (written.event.program !== null) keptTexts.set(written.event.program, written.texts[0])
      record(written.event, asked, ...written.texts)
    }
    /** A new generation repairs the survivors of the last one; nobody reads older texts. */
    const forget = () => {
      const { parents } = state.search
      const kept = (map, refs) => new Map(refs.flatMap((ref) => (map.has(ref) ? [[ref, map.get(ref)]] : [])))
      keptTexts = kept(
        keptTexts,
        parents.map(({ program }) => program)
      )
      evaluations = kept(
        evaluations,
        parents.map(({ judged }) => judged.details)
      )
    }
    const take = (work) => {
      switch (work._tag) {
        case "Draft":
          return write(work, draftRequest(settings, problem, work.ordinal))
        case "Debug": {
          const program = keptTexts.get(work.parent.program)
          return write(
            work,
            repairRequest(settings, problem, program, keptTexts.get(work.instruction), work.ordinal)
          )
        }
        case "Instruct": {
          const program = keptTexts.get(work.parent.program)
          const failure = failureText(
            evaluations.get(work.parent.judged.details),
            problem.validation,
            program
          )
          const request = explainRequest(settings, problem, program, failure, work.ordinal)
          const { answer, asked } = ask(work.instruction, work, request)
          const text = instructionText(answer)
          keptTexts.set(sha256(text), text)
          const { instruction, index } = work
          return record(
            { _tag: "InstructionWritten", instruction, index, text: sha256(text), source: "model" },
            asked,
            text
          )
        }
        case "Execute": {
          const { node, index, program } = work
          const evaluation = evaluationFor(program)
          const details = JSON.stringify(detailsOf(evaluation))
          evaluations.set(sha256(details), evaluation)
          return record(
            {
              _tag: "ProgramEvaluated",
              node,
              index,
              program,
              ...columnsOf(evaluation),
              details: sha256(details),
              source: "cache"
            },
            work.cause,
            details
          )
        }
        default: {
          record(conclusionOf(work, state.search), work.cause)
          return forget()
        }
      }
    }
    const flush = Effect.suspend(() => {
      const full = [batch, texts]
      batch = []
      texts = []
      return log.append(runId, ...full)
    })
    while (pos < upTo && state._tag === "Searching") {
      for (const work of decide(state, nothingInFlight, inFlight)) take(work)
      if (batch.length >= batchSize) yield* flush
    }
    yield* flush
    return { state, pos, texts: keptTexts, evaluations }
  })

/** Writes the first events of a run whose budget is far beyond them. */
export const writeEvents = (runId, events, beamWidth) =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const prepared = preparedFor(events, beamWidth)
    return yield* writeRun(runId, unwritten(), startOf(prepared), events - 1, (first) =>
      log.append(runId, [{ event: first, cause: null }], [prepared.document])
    )
  })

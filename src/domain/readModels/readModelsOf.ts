import type { ProgramEvaluated, ProgramWritten, Recorded, RunForked } from "../events.ts"
import { depthOf, instructionOf, type NodeId, nodeOf, parentOf, type RunId } from "../ids.ts"
import { fromLetters } from "../verdict.ts"
import type { CallRecord, CaseRecord, DecisionRecord, NodeRecord, ReadModels } from "./records.ts"

/** An event with its run, its wall time (ms since 1970) and the position of its cause. */
export interface Logged extends Recorded {
  readonly runId: RunId
  readonly at: number
  readonly cause: number | null
}

/**
 * The read models of a run's events, in their order. Given a fork's inherited events too, it shows what the fork sees:
 * behind a fork at a node nothing but the path to that node, and no end that a fork has undone.
 */
export const readModelsOf = (events: Iterable<Logged>): ReadModels => {
  const nodes = new Map<NodeId, NodeRecord>()
  const calls = new Map<number, CallRecord>()
  const cases = new Map<number, ReadonlyArray<CaseRecord>>()
  const decisions = new Map<number, ReadonlyArray<DecisionRecord>>()
  let stopIndex: number | undefined

  /** What is not on the path to a node is not seen from there on. */
  const keepPathTo = (node: NodeId) => {
    const isOnPath = (place: string) => place === node || node.startsWith(`${place}.`)
    for (const place of nodes.keys()) if (!isOnPath(place)) nodes.delete(place)
    for (const [pos, { place }] of calls) if (!isOnPath(place)) calls.delete(pos)
    for (const [pos, judged] of cases) if (!judged.every((one) => isOnPath(one.node))) cases.delete(pos)
    for (const [pos, made] of decisions) {
      if (!made.every(({ instruction }) => instruction !== null && isOnPath(instruction)))
        decisions.delete(pos)
    }
    for (const [place, kept] of nodes) nodes.set(place, { ...kept, survivorRank: null })
  }

  const fork = ({ at }: RunForked) => {
    stopIndex = undefined
    for (const [pos, made] of decisions) if (made[0]?.kind === "end") decisions.delete(pos)
    for (const [pos, judged] of cases) if (judged[0]?.hidden === true) cases.delete(pos)
    if (at.kind === "node") keepPathTo(at.node)
  }

  const answer = (cause: number | null, found: Partial<CallRecord>) => {
    const call = cause === null ? undefined : calls.get(cause)
    if (call !== undefined) calls.set(call.pos, { ...call, ...found })
  }

  for (const logged of events) {
    const { event, runId, pos, at } = logged
    switch (event._tag) {
      case "RunForked":
        fork(event)
        break
      case "CompletionRequested": {
        const { callKey, place, role, index, attempt, requestHash, request } = event
        const { model, temperature } = request
        const asked = { callKey, place, role, programIndex: index, attempt, model, temperature, requestHash }
        calls.set(pos, { ...unanswered, runId, pos, ...asked, askedAt: at })
        break
      }
      case "CompletionReceived": {
        const { answer: text, usage, finishReason, servedBy, latencyMs, adoptedFrom = null } = event
        answer(logged.cause, {
          outcome: adoptedFrom === null ? "answered" : "adopted",
          endedPos: pos,
          endedAt: at,
          answer: text,
          tokensIn: usage?.in ?? null,
          tokensOut: usage?.out ?? null,
          finishReason,
          servedBy,
          latencyMs,
          adoptedFrom
        })
        break
      }
      case "CompletionFailed": {
        const { error, reason } = event
        answer(logged.cause, { outcome: "failed", endedPos: pos, endedAt: at, error, reason })
        break
      }
      case "ProgramWritten":
        nodes.set(event.node, {
          ...(nodes.get(event.node) ?? place(runId, event)),
          reason: event.reason,
          writtenPos: pos,
          writtenAt: at
        })
        break
      case "ProgramEvaluated": {
        const { node, score, passed, total, verdicts, source, details } = event
        const judged = { score, passed, total, verdicts, source, details, judgedPos: pos, judgedAt: at }
        nodes.set(node, { ...(nodes.get(node) ?? place(runId, event)), ...judged })
        const partial = new Map(event.partial)
        cases.set(
          pos,
          casesOf(verdicts, (verdict, caseIndex) => ({
            runId,
            node,
            programIndex: event.index,
            hidden: false,
            caseIndex,
            verdict,
            score: verdict === "Passed" ? 1 : (partial.get(caseIndex) ?? 0),
            pos
          }))
        )
        break
      }
      case "GenerationRanked": {
        const { generation, survivors } = event
        for (const [survivorRank, node] of survivors.entries()) {
          const kept = nodes.get(node)
          if (kept !== undefined) nodes.set(node, { ...kept, survivorRank })
        }
        decisions.set(
          pos,
          survivors.map((node, rank) => ({
            ...nothingMore,
            runId,
            pos,
            at,
            kind: "survivor" as const,
            generation,
            rank,
            node
          }))
        )
        break
      }
      case "InstructionWritten": {
        const { instruction, index, source, text } = event
        const node = nodeOf(instruction)
        const made = { instruction, programIndex: index, outcome: source, text }
        const kind = "instruction" as const
        decisions.set(pos, [
          { ...nothingMore, runId, pos, at, kind, generation: depthOf(node), node, ...made }
        ])
        break
      }
      case "SearchEnded": {
        const { status, best, generations, digest } = event
        if (status === "solved") stopIndex = best.index
        const made = { node: best.node, programIndex: best.index, outcome: status, text: digest }
        const kind = "end" as const
        decisions.set(pos, [{ ...nothingMore, runId, pos, at, kind, generation: generations, ...made }])
        break
      }
      case "HiddenScored": {
        const { node, verdicts } = event
        cases.set(
          pos,
          casesOf(verdicts, (verdict, caseIndex) => {
            const score = verdict === "Passed" ? 1 : null
            return { runId, node, programIndex: null, hidden: true, caseIndex, verdict, score, pos }
          })
        )
        break
      }
      case "RunStarted":
      case "RunFinished":
      case "RunResumed":
      case "RunInterrupted":
        break
    }
  }
  const isSurplus = (index: number) => stopIndex !== undefined && index > stopIndex
  return {
    nodes: [...nodes.values()]
      .map((node) => ({ ...node, surplus: isSurplus(node.programIndex) }))
      .sort((left, right) => left.programIndex - right.programIndex),
    calls: [...calls.values()],
    cases: [...cases.values()].flat(),
    decisions: [...decisions.values()].flat()
  }
}

const place = (runId: RunId, { node, index, program }: ProgramWritten | ProgramEvaluated): NodeRecord => ({
  runId,
  node,
  parent: parentOf(node) ?? null,
  instruction: instructionOf(node) ?? null,
  generation: depthOf(node),
  programIndex: index,
  program,
  reason: null,
  score: null,
  passed: null,
  total: null,
  verdicts: null,
  source: null,
  details: null,
  survivorRank: null,
  surplus: false,
  writtenPos: null,
  writtenAt: null,
  judgedPos: null,
  judgedAt: null
})

const unanswered = {
  outcome: "open",
  endedPos: null,
  endedAt: null,
  answer: null,
  tokensIn: null,
  tokensOut: null,
  finishReason: null,
  servedBy: null,
  latencyMs: null,
  adoptedFrom: null,
  error: null,
  reason: null
} as const

const nothingMore = { rank: null, instruction: null, programIndex: null, outcome: null, text: null }

const casesOf = (
  letters: string,
  make: (verdict: CaseRecord["verdict"], index: number) => CaseRecord
): ReadonlyArray<CaseRecord> => (fromLetters(letters) ?? []).map(make)

import type { Event, InstructionWritten } from "../../events.ts"
import type { NodeId } from "../../ids.ts"
import { failureOf } from "../failure.ts"
import type { MeasuredEvent } from "./measuredEvent.ts"
import type { RecordedCall, RecordedProgram, RunRecord } from "./record.ts"

/** An event, when it was committed (ms since 1970), and whether it is the run's own or one of its ancestors'. */
export interface Measured {
  readonly at: number
  readonly isOwn: boolean
  readonly event: Event | MeasuredEvent
}

export interface Recorder {
  /** Takes the next event, in order of position. */
  readonly take: (measured: Measured) => void
  /** What was gathered; undefined where no run has begun. */
  readonly record: () => RunRecord | undefined
}

/** A request: its place, so that a fork at a node can leave it out, and what is known before there is an answer. */
type Asked = Pick<RecordedCall, "index" | "role" | "model"> & { readonly place: string }

/**
 * Gathers what metrics need from a run's events, its own and those that it inherits. Time is the time between events;
 * that between the last word of a process and the next one's, before a run is resumed or forked, is no work, and what
 * comes after the search's end is no search.
 */
export const recorder = (): Recorder => {
  let begun: Pick<RunRecord, "problem" | "settings" | "environment" | "hasStart" | "fork"> | undefined
  let status: RunRecord["status"] = null
  let ended: RunRecord["ended"] = null
  let hidden: RunRecord["hidden"] = null
  let isFinished = false
  let elapsedMs = 0
  let before: number | undefined
  const programs = new Map<string, RecordedProgram>()
  const asked = new Map<string, Asked>()
  const calls = new Map<string, RecordedCall & Asked>()
  const failed = new Map<string, number>()
  const instructions = new Map<string, InstructionWritten["source"]>()

  /** What a fork at a node does not inherit is not seen. */
  const keepPathTo = (node: NodeId) => {
    const isOnPath = (place: string) => place === node || node.startsWith(`${place}.`)
    for (const place of programs.keys()) if (!isOnPath(place)) programs.delete(place)
    for (const place of instructions.keys()) if (!isOnPath(place)) instructions.delete(place)
    for (const [key, { place }] of calls) if (!isOnPath(place)) calls.delete(key)
  }

  const passTime = (at: number, isWork: boolean) => {
    if (before !== undefined && isWork && status === null) elapsedMs += Math.max(0, at - before)
    before = at
  }

  const take = ({ at, isOwn, event }: Measured): void => {
    if (event._tag === "ProgramWritten" || event._tag === "GenerationRanked") return
    const isPause = event._tag === "RunResumed" || event._tag === "RunForked"
    passTime(at, !isPause)
    switch (event._tag) {
      case "RunStarted": {
        const { environment, problem, settings, start } = event
        const { name, cases, casesHash } = problem
        begun = {
          problem: {
            name,
            cases,
            casesHash,
            dataset: problem.origin.dataset,
            hidden: event.hidden?.cases ?? null,
            hiddenHash: event.hidden?.casesHash ?? null
          },
          settings,
          environment,
          hasStart: start !== null,
          fork: null
        }
        break
      }
      case "RunForked":
        if (begun !== undefined) {
          const { environment, settings } = event
          begun = { ...begun, settings, environment, fork: event.at.kind }
        }
        status = null
        ended = null
        hidden = null
        isFinished = false
        if (event.at.kind === "node") keepPathTo(event.at.node)
        break
      case "CompletionRequested": {
        const { callKey, place, index, role, request } = event
        asked.set(callKey, { place, index, role, model: request.model })
        break
      }
      case "CompletionReceived": {
        const call = asked.get(event.callKey)
        if (call === undefined) break
        const isAdopted = event.adoptedFrom !== undefined
        calls.set(event.callKey, { ...call, usage: event.usage, isAdopted, isOwn })
        break
      }
      case "CompletionFailed": {
        const model = asked.get(event.callKey)?.model
        if (isOwn && model !== undefined) failed.set(model, (failed.get(model) ?? 0) + 1)
        break
      }
      case "ProgramEvaluated": {
        const { node, index, program, score, passed, total, verdicts, partial } = event
        const failure = failureOf(verdicts, partial)
        const isPassing = total > 0 && passed === total
        programs.set(node, { node, index, program, score, isPassing, failure, elapsedMs, isOwn })
        break
      }
      case "InstructionWritten":
        instructions.set(event.instruction, event.source)
        break
      case "SearchEnded":
        status = event.status
        ended = { digest: event.digest, best: event.best }
        break
      case "HiddenScored":
        hidden = { passed: event.passed, total: event.total }
        break
      case "RunFinished":
        isFinished = true
        break
      case "RunResumed":
      case "RunInterrupted":
        break
    }
  }

  const record = (): RunRecord | undefined =>
    begun === undefined
      ? undefined
      : {
          ...begun,
          programs: [...programs.values()].sort((left, right) => left.index - right.index),
          calls: [...calls.values()],
          failed,
          instructions,
          ended,
          status,
          isFinished,
          hidden,
          elapsedMs
        }

  return { take, record }
}

import type { Ref } from "../../domain/events.ts"
import type { RunId } from "../../domain/ids.ts"
import type { Stored } from "../../services/EventLog.ts"

/** A judged program of a run; its texts are still in the log. */
export interface Judgement {
  readonly index: number
  readonly node: string
  readonly program: Ref | null
  readonly prompt: ReadonlyArray<Ref>
  readonly score: number
  readonly passed: number
  readonly total: number
  readonly at: number
  /** What the order among runs goes by: `at`, but within a run it never goes back, as a clock may. */
  readonly order: number
  readonly runId: RunId
}

/** Attempts of several runs in the order in which they were judged. */
export const inOrder = (left: Judgement, right: Judgement): number =>
  left.order - right.order || (left.runId < right.runId ? -1 : left.runId > right.runId ? 1 : 0)

/**
 * How far a run's log is read, for its judged programs. Of a fork only its own: what it inherits is its parent's.
 */
export class RunReading {
  /** The position of the next event to be read. */
  position = 0
  /** Judged programs so far. */
  judged = 0
  private latest = 0
  readonly runId: RunId
  /** What the model was given for programs that are not judged yet. */
  private readonly asked = new Map<string, ReadonlyArray<Ref>>()

  constructor(runId: RunId) {
    this.runId = runId
  }

  take({ at, event, pos, runId }: Stored): Judgement | undefined {
    this.position = pos + 1
    this.latest = Math.max(this.latest, at)
    if (event._tag === "CompletionRequested" && event.role !== "explain") {
      this.asked.set(event.place, [...event.request.system, ...event.request.user])
    }
    if (event._tag !== "ProgramEvaluated") return undefined
    const { index, node, passed, program, score, total } = event
    const prompt = this.asked.get(node) ?? []
    this.asked.delete(node)
    if (runId !== this.runId) return undefined
    this.judged += 1
    return { index, node, program, prompt, score, passed, total, at, order: this.latest, runId }
  }
}

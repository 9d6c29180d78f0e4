import type { Recorded } from "../events.ts"
import { instructionOf, type NodeId, parentOf } from "../ids.ts"
import type { Row } from "./row.ts"

interface Judged {
  readonly index: number
  readonly score: number
  readonly rate: number
  readonly isSolution: boolean
}

/**
 * The published metrics of a run, made of its events: a row for every program, in order of index and up to the stopping
 * index, with the best so far and the number of model calls for programs up to there. What a fork inherits is among
 * them, as far as the fork sees it. The rows follow from the tree alone, not from the order in which programs were judged.
 */
export class RunCurve {
  private nodes = new Map<NodeId, Judged>()
  private byIndex = new Map<number, Judged>()
  /** Requests by call key, and answered ones by place: a place has at most one answer. */
  private asked = new Map<string, { readonly index: number; readonly place: string }>()
  private answered = new Map<string, number>()
  private callsAt = new Map<number, number>()
  private next = 0
  private calls = 0
  private best: Judged | undefined
  private isStopped = false
  private made: Array<Row> = []

  /** All rows so far. A fork at a node begins them anew; it is the first event of a run's own. */
  get rows(): ReadonlyArray<Row> {
    return this.made
  }

  add({ event }: Recorded): void {
    switch (event._tag) {
      case "RunForked":
        if (event.at.kind === "node") this.keepPathTo(event.at.node)
        return
      case "CompletionRequested":
        this.asked.set(event.callKey, event)
        return
      case "CompletionReceived": {
        const request = this.asked.get(event.callKey)
        if (request === undefined || this.answered.has(request.place)) return
        this.answered.set(request.place, request.index)
        this.callsAt.set(request.index, (this.callsAt.get(request.index) ?? 0) + 1)
        return
      }
      case "ProgramEvaluated": {
        const { index, node, passed, score, total } = event
        if (this.nodes.has(node)) return
        const rate = total === 0 ? 0 : passed / total
        const judged = { index, score, rate, isSolution: total > 0 && passed === total }
        this.nodes.set(node, judged)
        this.byIndex.set(index, judged)
        this.goOn()
        return
      }
      default:
        return
    }
  }

  /** Makes the rows of programs before which none is open. */
  private goOn(): void {
    while (!this.isStopped) {
      const judged = this.byIndex.get(this.next)
      if (judged === undefined) return
      this.calls += this.callsAt.get(this.next) ?? 0
      this.make(judged)
      this.next += 1
    }
  }

  private make(judged: Judged): void {
    const { index, rate, score } = judged
    if (this.best === undefined || score > this.best.score) this.best = judged
    this.made.push({
      step: index,
      values: {
        idx: index,
        avg_score: score,
        pass_rate: rate,
        best_idx: this.best.index,
        best_avg_score: this.best.score,
        best_pass_rate: this.best.rate,
        llm_calls: this.calls
      }
    })
    if (judged.isSolution) this.isStopped = true
  }

  /** Nothing but the way to a node is seen from there on; what comes has the indices after its own. */
  private keepPathTo(node: NodeId): void {
    const path: Array<NodeId> = []
    for (let place: NodeId | undefined = node; place !== undefined; place = parentOf(place))
      path.unshift(place)
    const { answered, nodes } = this
    this.nodes = new Map()
    this.byIndex = new Map()
    this.answered = new Map()
    this.callsAt = new Map()
    this.calls = 0
    this.best = undefined
    this.isStopped = false
    this.made = []
    for (const place of path) {
      const judged = nodes.get(place)
      if (judged === undefined || this.isStopped) continue
      this.nodes.set(place, judged)
      this.calls += [instructionOf(place), place].filter((of) => of !== undefined && answered.has(of)).length
      this.make(judged)
      this.next = judged.index + 1
    }
  }
}

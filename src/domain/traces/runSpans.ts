import { beginning } from "../cut.ts"
import type { CompletionFailed, CompletionReceived, CompletionRequested, Recorded } from "../events.ts"
import { depthOf, type InstructionId, type NodeId, nodeOf, type RunId } from "../ids.ts"
import { printableLine } from "../printable.ts"
import { type Span, spanIdOf, traceIdOf } from "./span.ts"

type Attributes = Span["attributes"]
/** An event with its wall time. */
type Timed = Recorded & { readonly at: number }

/** The services that ask models, by what they ask for. */
const services = { draft: "Synthesize", explain: "Instruct", repair: "Debug" } as const

/**
 * What one process does for a run, as spans: run, generation, node, and in them the work of the five services, from the
 * event that caused it to the one that it ended with. They are made of the log, so that a search knows nothing of
 * them; ids are functions of the run and the place. No text of a prompt, a program or an output is among the attributes.
 */
export class RunSpans {
  private readonly runId: RunId
  /** When this process took the run up: what is older was another's. */
  private readonly since: number
  private readonly trace: string
  private ended: Array<Span> = []
  private last: number
  private runAttributes: Attributes
  private isFailed = false
  private readonly generations = new Map<number, number>()
  private readonly nodes = new Map<NodeId, number>()
  private readonly written = new Map<NodeId, number>()
  private readonly asked = new Map<string, Timed & { readonly event: CompletionRequested }>()

  constructor(runId: RunId, since: number) {
    this.runId = runId
    this.since = since
    this.last = since
    this.trace = traceIdOf(runId)
    this.runAttributes = { "seidr.run": runId }
  }

  /** The spans that have ended since the last time. */
  take(): ReadonlyArray<Span> {
    const { ended } = this
    this.ended = []
    return ended
  }

  add(timed: Timed): void {
    const { at, event } = timed
    if (event._tag === "RunStarted") {
      const { problem, settings } = event
      this.describe({ "seidr.problem": named(problem.name), "seidr.language": settings.language })
    }
    if (event._tag === "RunForked") this.describe({ "seidr.parent": event.parent })
    if (at < this.since) return
    switch (event._tag) {
      case "CompletionRequested":
        this.open(event.place, at)
        this.asked.set(keyOf(event), { ...timed, event })
        break
      case "CompletionReceived":
      case "CompletionFailed":
        this.answer(event, at)
        break
      case "ProgramWritten":
        this.open(event.node, at)
        this.written.set(event.node, at)
        break
      case "ProgramEvaluated": {
        const { index, node, passed, score, source, total } = event
        const judged = { "seidr.node": node, "seidr.index": index, "seidr.score": score }
        const attributes = { ...judged, "seidr.passed": passed, "seidr.total": total }
        const start = this.written.get(node) ?? this.open(node, at)
        this.end("Execute", [node, "Execute"], this.nodeId(node), start, at, {
          ...attributes,
          "seidr.source": source
        })
        this.endNode(node, at, attributes)
        break
      }
      case "GenerationRanked": {
        const { generation, survivors } = event
        const parent = this.generationId(generation)
        const attributes = { "seidr.generation": generation, "seidr.survivors": survivors.length }
        this.openGeneration(generation, at)
        this.end("Rank", [String(generation), "Rank"], parent, this.last, at, attributes)
        this.endGeneration(generation, at, attributes)
        break
      }
      case "SearchEnded": {
        const { digest, status, used } = event
        const outcome = { "seidr.status": status, "seidr.digest": digest }
        this.describe({ ...outcome, "seidr.programs": used.programs, "seidr.calls": used.calls })
        break
      }
      case "HiddenScored": {
        const { node, passed, total } = event
        const attributes = { "seidr.node": node, "seidr.passed": passed, "seidr.total": total }
        this.end("Execute.hidden", ["hidden"], this.processId(), this.last, at, attributes)
        break
      }
      case "RunInterrupted":
        this.describe({ "seidr.interrupted": event.by })
        this.isFailed = event.by === "failure"
        break
      default:
        break
    }
    this.last = Math.max(this.last, at)
  }

  /** This process is done with the run: whatever is open ends with its last event. */
  rest(): void {
    for (const { event } of this.asked.values()) this.endCall(event, this.last, {}, true)
    this.asked.clear()
    for (const node of [...this.nodes.keys()]) this.endNode(node, this.last, { "seidr.node": node })
    for (const generation of [...this.generations.keys()]) {
      this.endGeneration(generation, this.last, { "seidr.generation": generation })
    }
    const { runAttributes } = this
    this.push("run", this.processId(), undefined, this.since, this.last, runAttributes, this.isFailed)
  }

  private describe(attributes: Attributes): void {
    this.runAttributes = { ...this.runAttributes, ...attributes }
  }

  /** The node or instruction is worked on from then on, if it is not already; gives when that began. */
  private open(place: NodeId | InstructionId, at: number): number {
    this.openGeneration(generationOf(place), at)
    if (isInstruction(place)) return at
    const known = this.nodes.get(place)
    if (known === undefined) this.nodes.set(place, at)
    return known ?? at
  }

  private openGeneration(generation: number, at: number): void {
    if (!this.generations.has(generation)) this.generations.set(generation, at)
  }

  private answer(event: CompletionReceived | CompletionFailed, at: number): void {
    const asked = this.asked.get(keyOf(event))
    if (asked === undefined) return
    this.asked.delete(keyOf(event))
    if (event._tag === "CompletionFailed") {
      this.endCall(asked.event, at, { "error.type": event.error }, true, asked.at)
      return
    }
    const { adoptedFrom, finishReason, usage } = event
    const tokens =
      usage === null ? {} : { "gen_ai.usage.input_tokens": usage.in, "gen_ai.usage.output_tokens": usage.out }
    const found = {
      "gen_ai.response.finish_reasons": named(finishReason),
      "seidr.latency_ms": event.latencyMs
    }
    const adopted = adoptedFrom === undefined ? {} : { "seidr.adopted_from": adoptedFrom }
    this.endCall(asked.event, at, { ...tokens, ...found, ...adopted }, false, asked.at)
  }

  private endCall(
    event: CompletionRequested,
    at: number,
    found: Attributes,
    isFailed: boolean,
    start = this.asked.get(keyOf(event))?.at ?? at
  ): void {
    const { attempt, index, place, request, role } = event
    const parent = isInstruction(place) ? this.generationId(generationOf(place)) : this.nodeId(place)
    const attributes = {
      "seidr.place": place,
      "seidr.index": index,
      "seidr.role": role,
      "seidr.attempt": attempt,
      "gen_ai.request.model": named(request.model),
      "gen_ai.request.temperature": request.temperature,
      ...found
    }
    const id = spanIdOf(this.runId, keyOf(event))
    this.push(services[role], id, parent, start, at, attributes, isFailed, "client")
  }

  private endNode(node: NodeId, at: number, attributes: Attributes): void {
    const start = this.nodes.get(node)
    if (start === undefined) return
    this.nodes.delete(node)
    this.push("node", this.nodeId(node), this.generationId(depthOf(node)), start, at, attributes)
  }

  private endGeneration(generation: number, at: number, attributes: Attributes): void {
    const start = this.generations.get(generation)
    if (start === undefined) return
    this.generations.delete(generation)
    this.push("generation", this.generationId(generation), this.processId(), start, at, attributes)
  }

  private end(
    name: string,
    of: ReadonlyArray<string>,
    parent: string,
    start: number,
    at: number,
    attributes: Attributes
  ): void {
    this.push(name, spanIdOf(this.runId, String(this.since), ...of), parent, start, at, attributes)
  }

  private push(
    name: string,
    spanId: string,
    parentId: string | undefined,
    start: number,
    end: number,
    attributes: Attributes,
    isFailed = false,
    kind: Span["kind"] = "internal"
  ): void {
    const { trace: traceId } = this
    const span = { traceId, spanId, parentId, name, kind, start, end: Math.max(start, end) }
    this.ended.push({ ...span, attributes, isFailed })
  }

  private processId(): string {
    return spanIdOf(this.runId, String(this.since))
  }

  private generationId(generation: number): string {
    return spanIdOf(this.runId, String(this.since), "generation", String(generation))
  }

  private nodeId(node: NodeId): string {
    return spanIdOf(this.runId, String(this.since), "node", node)
  }
}

const keyOf = ({ attempt, callKey }: { readonly callKey: string; readonly attempt: number }): string =>
  `${callKey} ${attempt}`

const isInstruction = (place: NodeId | InstructionId): place is InstructionId => /\.e\d+$/.test(place)

/** An instruction belongs to the generation of the repairs that it is for. */
const generationOf = (place: NodeId | InstructionId): number =>
  isInstruction(place) ? depthOf(nodeOf(place)) + 1 : depthOf(place)

const longestName = 128

/** A name that somebody else has given, on one line and of a bearable length. */
const named = (text: string): string => beginning(printableLine(text), longestName)

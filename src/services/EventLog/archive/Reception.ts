import { beginning } from "../../../domain/cut.ts"
import type { Ref } from "../../../domain/events.ts"
import { sha256 } from "../../../domain/hash.ts"
import type { RunId } from "../../../domain/ids.ts"
import { refsIn } from "../../../domain/refs.ts"
import type { Origin, Stored } from "../../EventLog.ts"
import { chainLink, chainOrigin, type EventRow } from "../chain.ts"
import { columnsOf, fromRow, type Tip } from "../eventRow.ts"
import { Refusal } from "./LineReader.ts"
import type { Line } from "./line.ts"

/** Where runs wait that have come, checked, until all have. */
export interface Waiting {
  readonly originOf: (runId: RunId) => Origin | undefined
  /** The last position of a run; undefined when there is no such run. */
  readonly lastOf: (runId: RunId) => number | undefined
  readonly hashAt: (runId: RunId, pos: number) => string | undefined
  readonly hasText: (ref: Ref) => boolean
  readonly isRedacted: (ref: Ref) => boolean
  readonly isAnswered: (runId: RunId, callKey: string) => boolean
  readonly addRun: (runId: RunId, origin: Origin | undefined) => void
  readonly addText: (ref: Ref, text: string) => void
  readonly addRedacted: (ref: Ref, at: number) => void
  readonly addEvent: (row: EventRow, stored: Stored) => void
}

/** A run has come twice, with different pasts. */
export class Parted extends Error {
  readonly run: RunId
  readonly pos: number
  constructor(run: RunId, pos: number) {
    super(`run ${run} parts at position ${pos}`)
    this.run = run
    this.pos = pos
  }
}

/** Characters of what the events' schema has to say about a row. */
const mostWords = 600

interface Coming {
  readonly runId: RunId
  readonly origin: Origin | undefined
  readonly first: number
  readonly head: Tip
  /** Up to where it has come. */
  tip: Tip
}

/**
 * Takes in the lines of one source and believes none: chains are computed anew, rows read through the events' schema,
 * texts held against their hashes, and nothing may be missing. A run that waits already from another source has to be
 * the same as far as both go; what it has more is added.
 */
export class Reception {
  private readonly waiting: Waiting
  private readonly here = new Set<RunId>()
  private readonly unnamed = new Set<Ref>()
  private run: Coming | undefined

  constructor(waiting: Waiting) {
    this.waiting = waiting
  }

  /** Throws a `Refusal`, or `Parted`. */
  receive(line: Line): void {
    if (line._tag === "Run") this.onRun(line)
    else if (line._tag === "Text") this.onText(line)
    else if (line._tag === "Redacted") this.onRedacted(line)
    else this.onEvent(line)
  }

  /** To be called behind the last line. */
  end(): void {
    const { run } = this
    if (run !== undefined && run.tip.pos !== run.head.pos) {
      throw new Refusal(`run ${run.runId} ends at position ${run.tip.pos}, and has to reach ${run.head.pos}`)
    }
    this.checkNamed()
  }

  private onRun({ runId, origin, head }: Extract<Line, { _tag: "Run" }>): void {
    this.end()
    if (this.here.has(runId)) throw new Refusal(`run ${runId} comes twice`)
    if (origin !== undefined && !this.here.has(origin.parent)) {
      throw new Refusal(`run ${runId} comes before its parent ${origin.parent}, or without it`)
    }
    const hash = origin === undefined ? chainOrigin : this.linkAt(origin)
    if (hash === undefined) {
      throw new Refusal(
        `run ${runId} leaves ${origin!.parent} at position ${origin!.position}, which that has not`
      )
    }
    const first = (origin?.position ?? -1) + 1
    if (head.pos < first) throw new Refusal(`run ${runId} has no event of its own`)
    this.here.add(runId)
    if (this.waiting.lastOf(runId) === undefined) this.waiting.addRun(runId, origin)
    else {
      const known = this.waiting.originOf(runId)
      if (known?.parent !== origin?.parent || known?.position !== origin?.position)
        throw new Parted(runId, first)
    }
    this.run = { runId, origin, first, head, tip: { pos: first - 1, hash } }
  }

  private onText({ ref, text }: Extract<Line, { _tag: "Text" }>): void {
    if (sha256(text) !== ref) throw new Refusal(`text ${ref} has another content than its hash stands for`)
    this.unnamed.add(ref)
    if (!this.waiting.hasText(ref)) this.waiting.addText(ref, text)
  }

  private onRedacted({ ref, at }: Extract<Line, { _tag: "Redacted" }>): void {
    this.unnamed.add(ref)
    this.waiting.addRedacted(ref, at)
  }

  private onEvent({ row, hash }: Extract<Line, { _tag: "Event" }>): void {
    const { run } = this
    if (run === undefined || row.run_id !== run.runId) throw new Refusal("an event comes without its run")
    const refuse = (reason: string): never => {
      throw new Refusal(`event ${row.pos} of run ${run.runId} ${reason}`)
    }
    if (row.pos !== run.tip.pos + 1) refuse(`follows position ${run.tip.pos}`)
    if (row.pos > run.head.pos) refuse(`lies beyond the run's last position, ${run.head.pos}`)
    if (row.cause_pos !== null && row.cause_pos >= row.pos) refuse(`comes before its cause, ${row.cause_pos}`)
    if (chainLink(run.tip.hash, row) !== hash) refuse("is not what its hash stands for")
    if (row.pos === run.head.pos && hash !== run.head.hash) refuse("is not the head that was announced")
    const stored = understood(row, hash)
    this.checkPlace(run, stored, refuse)
    for (const ref of refsIn(stored.event)) {
      this.unnamed.delete(ref)
      if (!this.waiting.hasText(ref) && !this.waiting.isRedacted(ref))
        refuse(`names text ${ref}, which is missing`)
    }
    this.checkNamed()
    run.tip = { pos: row.pos, hash }
    if (row.pos > (this.waiting.lastOf(run.runId) ?? -1)) {
      if (row.type === "CompletionReceived" && this.waiting.isAnswered(run.runId, row.call_key ?? "")) {
        refuse("is a second answer to a call")
      }
      this.waiting.addEvent(row, stored)
    } else if (this.waiting.hashAt(run.runId, row.pos) !== hash) {
      throw new Parted(run.runId, row.pos)
    }
  }

  /** A run begins with what its lineage says, and with nothing else; nothing else begins it. */
  private checkPlace(run: Coming, { pos, event }: Stored, refuse: (reason: string) => never): void {
    const begins = event._tag === "RunStarted" || event._tag === "RunForked"
    if (begins !== (pos === run.first)) {
      refuse(begins ? `is ${event._tag}, which only begins a run` : `is ${event._tag}, which begins no run`)
    }
    if (!begins) return
    const { origin } = run
    const fits =
      event._tag === "RunStarted"
        ? origin === undefined
        : event.parent === origin?.parent && event.position === origin.position
    if (!fits) refuse("says of the run's parent something else than its lineage")
  }

  private checkNamed(): void {
    for (const ref of this.unnamed) throw new Refusal(`text ${ref} is named by no event behind it`)
  }

  /** The link of a run's chain at a position, which an ancestor of it may have. */
  private linkAt({ parent, position }: Origin): string | undefined {
    let owner = parent
    for (;;) {
      const origin = this.waiting.originOf(owner)
      if (origin === undefined || position > origin.position) return this.waiting.hashAt(owner, position)
      owner = origin.parent
    }
  }
}

const understood = (row: EventRow, hash: string): Stored => {
  let stored: Stored
  try {
    stored = fromRow(row, hash)
  } catch (error) {
    // What is wrong may be told at the length of a line.
    throw new Refusal(beginning(error instanceof Error ? error.message : String(error), mostWords))
  }
  const columns = columnsOf(stored.event)
  for (const name of ["type", "node_id", "call_key", "request_hash"] as const) {
    if (columns[name] !== row[name]) {
      throw new Refusal(`event ${row.pos} of run ${row.run_id} has a column ${name} that is not what it says`)
    }
  }
  return stored
}

import type { HiddenScored, Recorded, RunFinished, RunForked, RunStarted, SearchEnded } from "../events.ts"
import type { RunId } from "../ids.ts"
import { type Beginning, type Config, configOf, nameOf } from "./config.ts"
import { RunCurve } from "./curve.ts"
import type { Message } from "./message.ts"
import { lastRow, summaryOf } from "./outcome.ts"

/** What is told of a run, made of its events in their order, inherited ones among them. */
export class RunStory {
  readonly runId: RunId
  /** The position of the next event that is wanted. */
  next = 0
  started: RunStarted | undefined
  private forked: RunForked | undefined
  private ended: SearchEnded | undefined
  private hidden: HiddenScored | undefined
  private finished: RunFinished | undefined
  private readonly curve = new RunCurve()
  private told = 0

  constructor(runId: RunId) {
    this.runId = runId
  }

  add(recorded: Recorded): void {
    const { event, pos } = recorded
    this.next = pos + 1
    this.curve.add(recorded)
    switch (event._tag) {
      case "RunStarted":
        this.started = event
        return
      case "RunForked":
        this.forked = event
        this.ended = undefined
        this.hidden = undefined
        this.finished = undefined
        return
      case "SearchEnded":
        this.ended = event
        return
      case "HiddenScored":
        this.hidden = event
        return
      case "RunFinished":
        this.finished = event
        return
      default:
        return
    }
  }

  begin(
    started: RunStarted,
    {
      project,
      promptExamples,
      slurm
    }: { readonly project: string; readonly slurm: Config } & Pick<Beginning, "promptExamples">
  ): Message {
    const beginning = { runId: this.runId, started, forked: this.forked, promptExamples }
    const config = { ...configOf(beginning), ...slurm }
    return { _tag: "Begin", run: this.runId, project, name: nameOf(beginning), config }
  }

  /** The rows since the last time, in lines of a bearable length. */
  takeRows(): ReadonlyArray<Message> {
    const messages: Array<Message> = []
    while (this.told < this.curve.rows.length) {
      const rows = this.curve.rows.slice(this.told, this.told + rowsInLine)
      this.told += rows.length
      messages.push({ _tag: "Rows", run: this.runId, rows })
    }
    return messages
  }

  end(): Message {
    const { ended, finished, hidden } = this
    return {
      _tag: "End",
      run: this.runId,
      rows: lastRow(hidden, this.curve.rows.at(-1)),
      config: ended === undefined ? {} : { digest: ended.digest },
      summary: summaryOf({ ended, hidden }, this.curve.rows.at(-1)),
      exit: finished === undefined ? 1 : 0
    }
  }
}

const rowsInLine = 200

import { Effect, Option, Schema } from "effect"
import { InstructionId, instructionOf, NodeId } from "../../domain/ids.ts"
import { printableLine } from "../../domain/printable.ts"
import type { Taped } from "../../domain/tape/taped.ts"
import { fromLetters, type Verdict } from "../../domain/verdict.ts"
import { EventLog } from "../../services/EventLog.ts"
import { evaluationOfParent } from "../../services/parentEvaluation.ts"
import { changeOf } from "../diff/change.ts"
import type { History } from "../history.ts"
import { command } from "./command.ts"
import { changeText } from "./hunkText.ts"
import { database, json, optionalArgument, run, toggle } from "./options.ts"
import { withReader } from "./reader.ts"
import { Screen } from "./Screen.ts"
import { openRun } from "./tree.ts"
import { UsageInvalid } from "./usage.ts"

/** There is no such place in the run's tree. */
class NodeUnknown extends Schema.TaggedError<NodeUnknown>()("OptionInvalid", {
  node: Schema.String,
  run: Schema.String
}) {
  override get message(): string {
    return `run ${this.run} has no node ${JSON.stringify(this.node)}; \`seidr tree ${this.run}\` lists them`
  }
}

const node = optionalArgument("NODE", "a node (d3.e0.r1) or an instruction (d3.e0); default the best node")

export const showCommand = command(
  { name: "show", about: "show a node: program, evaluation, instruction, prompt and answer" },
  { run, node, diff: toggle("diff", "show the program against that of its parent only"), database, json },
  (flags) =>
    withReader(
      flags,
      Effect.gen(function* () {
        const { summary, history } = yield* openRun(flags.run)
        const best = history.ended?.best.node ?? summary.best?.node ?? [...history.nodes.keys()][0]
        const place = Option.getOrElse(flags.node, () => best ?? "d0")
        const isInstruction = Schema.is(InstructionId)(place) && history.instructions.has(place)
        const isNode = Schema.is(NodeId)(place) && history.nodes.has(place)
        if (!isNode && !isInstruction) return yield* new NodeUnknown({ node: place, run: summary.runId })
        const document = yield* placeDocument(history, place)
        const screen = yield* Screen
        if (!flags.diff) {
          if (flags.json) return yield* screen.json({ runId: summary.runId, ...document })
          return yield* showDocument(document)
        }
        if (isInstruction) {
          return yield* new UsageInvalid({
            reason: `show --diff needs a node, and ${place} is an instruction`
          })
        }
        const change = yield* changeOf(history, NodeId.make(place))
        if (flags.json) return yield* screen.json({ runId: summary.runId, ...document, diff: change })
        for (const line of changeText(screen, place, change)) yield* screen.print(line)
      })
    )
)

interface PlaceDocument {
  readonly id: string
  readonly index: number | null
  readonly program: string | null
  readonly reason: string | null
  readonly evaluation: {
    readonly score: number
    readonly passed: number
    readonly total: number
    readonly verdicts: ReadonlyArray<Verdict>
    readonly failure: {
      readonly case: number
      readonly actual: string | null
      readonly error: string | null
    } | null
  } | null
  readonly instruction: string | null
  readonly prompt: {
    readonly model: string
    readonly temperature: number
    readonly system: string
    readonly user: string
  } | null
  readonly answer: string | null
  /** How a tape came to the answer. */
  readonly tape: Taped | null
}

/** All that the log knows of a place, with its texts. */
const placeDocument = (history: History, place: string) =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const text = (ref: string | null | undefined) =>
      ref === null || ref === undefined ? Effect.succeed(null) : log.text(ref)
    const entry = history.nodes.get(place)
    const own = entry === undefined ? place : instructionOf(entry.written.node)
    const request = history.requests.get(place)
    const join = (refs: ReadonlyArray<string>) =>
      Effect.map(Effect.forEach(refs, log.text), (parts) => parts.join(""))
    const document: PlaceDocument = {
      id: place,
      index: entry?.written.index ?? null,
      program: yield* text(entry?.written.program),
      reason: entry?.written.reason ?? null,
      evaluation: entry?.evaluated === undefined ? null : yield* evaluationDocument(log, entry.evaluated),
      instruction: yield* text(own === undefined ? null : history.instructions.get(own)?.text),
      prompt:
        request === undefined
          ? null
          : {
              model: request.request.model,
              temperature: request.request.temperature,
              system: yield* join(request.request.system),
              user: yield* join(request.request.user)
            },
      answer: yield* text(history.answers.get(place)?.answer),
      tape: history.answers.get(place)?.tape ?? null
    }
    return document
  })

const evaluationDocument = (
  log: typeof EventLog.Service,
  evaluated: NonNullable<ReturnType<History["nodes"]["get"]>>["evaluated"] & object
) =>
  Effect.map(evaluationOfParent(log, { judged: evaluated }), (evaluation) => {
    const failed = evaluation.cases.findIndex(({ verdict }) => verdict !== "Passed")
    const failure = evaluation.cases[failed]
    return {
      score: evaluated.score,
      passed: evaluated.passed,
      total: evaluated.total,
      verdicts: fromLetters(evaluated.verdicts) ?? [],
      failure:
        failure === undefined
          ? null
          : { case: failed, actual: failure.actual ?? null, error: failure.error ?? null }
    }
  })

const showDocument = (document: PlaceDocument) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const section = (title: string, body: string | null) =>
      body === null
        ? Effect.void
        : screen.print(`${screen.paint("bold", `── ${title} ──`)}\n${body.trimEnd()}\n`)
    const { prompt, evaluation } = document
    const isNode = document.index !== null
    if (isNode) {
      yield* section(
        `${document.id}, program ${document.index}`,
        document.program ?? document.reason ?? "no program yet"
      )
    }
    if (evaluation !== null) {
      const { score, passed, total, failure } = evaluation
      const first =
        failure === null ? "" : `\nfirst failing case ${failure.case}: ${evaluation.verdicts[failure.case]}`
      const came = failure?.error ?? failure?.actual
      yield* section(
        "evaluation",
        `score ${score.toFixed(3)}, ${passed} of ${total} cases${first}${came == null ? "" : `\n${came}`}`
      )
    }
    yield* section(isNode ? "instruction" : `instruction ${document.id}`, document.instruction)
    if (prompt !== null) {
      yield* section(
        `prompt to ${prompt.model}, temperature ${prompt.temperature}`,
        `${prompt.system}\n\n${prompt.user}`
      )
    }
    yield* section(`answer${sourceOf(document.tape)}`, document.answer)
  })

const matches: Readonly<Record<Exclude<Taped["match"], "asked">, string>> = {
  exact: "to this request at this place",
  request: "to the same request",
  again: "to the same request, given beside it too",
  messages: "to the same messages at another temperature",
  program: "about the same program",
  role: "in the same role"
}

/** Where an answer from a tape was recorded. */
const sourceOf = (tape: Taped | null): string =>
  tape === null
    ? ""
    : tape.match === "asked"
      ? `, asked of ${printableLine(tape.model)} as it is not on the tape`
      : `, from the tape: ${matches[tape.match]}, ${tape.place} of run ${tape.run}`

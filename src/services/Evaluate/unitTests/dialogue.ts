import { Effect, Option, Schema, type Scope } from "effect"
import type { Execution } from "../../../domain/evaluation.ts"
import type { Call } from "../../../domain/unitTests/callText.ts"
import type { Conversation, SandboxError } from "../../Sandbox.ts"
import { inLines, type Said, type Side } from "./lines.ts"

/** How the dialogue of a test with the program ended. */
export type Ended =
  | { readonly _tag: "Passed" }
  /** The call is the one that the failure is about, in a language whose test cannot tell of it itself. */
  | { readonly _tag: "Failed"; readonly error: string; readonly call?: Call }
  | { readonly _tag: "Threw"; readonly type: string; readonly trace: string }
  | { readonly _tag: "NotCompiled"; readonly diagnostics: string }
  /** The program's process was over before it had answered. */
  | { readonly _tag: "Gone"; readonly compiled: boolean }
  /** The program was waited for in vain. */
  | { readonly _tag: "Late"; readonly compiled: boolean }
  /** The program wrote what is no answer to where its answers go. */
  | { readonly _tag: "Garbled" }
  | { readonly _tag: "TestsGone" }

export interface Held {
  readonly ended: Ended
  readonly program: Execution
  readonly tests: Execution
}

/** What both sides are told in Python, where they are the same programs for every task. */
export interface Task {
  readonly prelude: string
  readonly setup: string
  readonly prompt: string
  readonly entryPoint: string
  readonly program: string
  readonly test: string
}

type Start = Effect.Effect<Conversation, SandboxError, Scope.Scope>

/**
 * Lets one test talk with a new process of the program, each of whose answers is waited for so long. Without a `task` both are
 * programs that know theirs.
 */
export const dialogue = (
  startProgram: Start,
  startTests: Start,
  task: Task | undefined,
  patienceMs: number
): Effect.Effect<Held, SandboxError> =>
  Effect.gen(function* () {
    const { ended, program, tests } = yield* Effect.scoped(
      Effect.gen(function* () {
        const program = yield* startProgram
        const tests = yield* startTests
        return { ended: yield* between(inLines(program), inLines(tests), task, patienceMs), program, tests }
      })
    )
    // Both are over with the scope.
    return { ended, program: yield* program.execution, tests: yield* tests.execution }
  })

const between = (
  program: Side,
  tests: Side,
  task: Task | undefined,
  patienceMs: number
): Effect.Effect<Ended, SandboxError> =>
  Effect.gen(function* () {
    /** The program's next line, or how the dialogue ends without one. */
    const next = (text?: string) =>
      (text === undefined ? program.hear : Effect.zipRight(program.say(text), program.hear)).pipe(
        Effect.timeoutOption(patienceMs)
      )
    const without = (heard: Option.Option<Said | undefined>, compiled: boolean): Ended =>
      Option.isNone(heard) ? { _tag: "Late", compiled } : { _tag: "Gone", compiled }

    if (task !== undefined) {
      const { entryPoint, prelude, program: source, prompt, setup, test } = task
      yield* tests.say(JSON.stringify({ prelude, setup, test, entryPoint }))
      const compiled = yield* next(JSON.stringify({ prelude, program: source, prompt, entryPoint }))
      const first = Option.getOrUndefined(compiled)
      if (first === undefined) return without(compiled, false)
      if (first.word === "uncompiled") return { _tag: "NotCompiled", diagnostics: textIn(first) }
    }
    const loaded = yield* next()
    const second = Option.getOrUndefined(loaded)
    if (second === undefined) return without(loaded, true)
    if (second.word === "raised") return thrown(second)
    if (second.word !== "ready") return { _tag: "Garbled" }

    let last: Raised | undefined
    let count = 0
    const calls: Array<Call> = []
    while (true) {
      const asked = yield* tests.hear
      if (asked === undefined) return { _tag: "TestsGone" }
      if (asked.word === "passed") return { _tag: "Passed" }
      if (asked.word === "failed") return { _tag: "Failed", error: textIn(asked) }
      if (asked.word === "fails") {
        const [text = "", which = count] = asked.json.split(" ")
        const call = calls.at(Number(which) - count - 1)
        const error = Buffer.from(text, "hex").toString("utf8")
        return { _tag: "Failed", error, ...(call === undefined ? {} : { call }) }
      }
      if (asked.word === "raised")
        return last === undefined ? { _tag: "TestsGone" } : { _tag: "Threw", ...last }
      const heard = yield* next(`call ${asked.json}`)
      const answer = Option.getOrUndefined(heard)
      if (answer === undefined) return without(heard, true)
      const passedOn = passable(answer)
      if (passedOn === undefined) return { _tag: "Garbled" }
      if (task === undefined) {
        count += 1
        calls.push({ given: asked.json, gave: answer.json })
        if (calls.length > mostCalls) calls.shift()
      }
      if (answer.word === "raised") last = raisedIn(answer)
      yield* tests.say(passedOn)
    }
  })

/** Of one test: what a failure is about is not far back. */
const mostCalls = 64

const Raised = Schema.Struct({
  type: Schema.String,
  base: Schema.String,
  message: Schema.String,
  trace: Schema.String
})
type Raised = typeof Raised.Type
const decodeRaised = Schema.decodeUnknownOption(Schema.parseJson(Raised))
const decodeText = Schema.decodeUnknownOption(Schema.parseJson(Schema.String))

const raisedIn = ({ json }: Said): Raised | undefined => Option.getOrUndefined(decodeRaised(json))
const textIn = ({ json }: Said): string => Option.getOrElse(decodeText(json), () => "")

const thrown = (said: Said): Ended => {
  const raised = raisedIn(said)
  return raised === undefined ? { _tag: "Garbled" } : { _tag: "Threw", ...raised }
}

/** An answer in the words that the tests know; undefined for anything else. */
const passable = (answer: Said): string | undefined => {
  switch (answer.word) {
    case "gave":
      // The tests' side takes it apart, and refuses all but plain values.
      return `gave ${answer.json}`
    case "strange":
      return `strange ${JSON.stringify(textIn(answer))}`
    case "raised": {
      const raised = raisedIn(answer)
      return raised === undefined ? undefined : `raised ${JSON.stringify({ ...raised, trace: "" })}`
    }
    default:
      return undefined
  }
}

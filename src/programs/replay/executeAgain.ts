import { Effect, Stream } from "effect"
import type { ProgramEvaluated, Ref, RunStarted } from "../../domain/events.ts"
import type { NodeId, RunId } from "../../domain/ids.ts"
import type { Problem } from "../../domain/problem.ts"
import { fromLetters, type Verdict } from "../../domain/verdict.ts"
import type { Critics } from "../../services/Critics.ts"
import { type EvaluateError, evaluate } from "../../services/Evaluate.ts"
import { layerNone } from "../../services/EvaluationCache.ts"
import { EventLog, type LogFailed } from "../../services/EventLog.ts"
import { Sandbox } from "../../services/Sandbox.ts"
import { recordedProblem } from "../resume.ts"
import { type ChangedFile, CriticUntrusted, changesOf, type Trust } from "../trust.ts"
import { ReplayInvalid } from "./point.ts"

/** A case on which a program does not do now what is recorded. */
export interface ChangedVerdict {
  /** The first node with the program, and the others. */
  readonly node: NodeId
  readonly sameAs: ReadonlyArray<NodeId>
  readonly case: number
  readonly recorded: Judgement
  readonly now: Judgement
  /** What a verdict may depend on besides program and case: the machine's speed, its memory, its tool chain. */
  readonly dependsOn: "time" | "memory" | "toolchain" | null
}

export interface Judgement {
  readonly verdict: Verdict
  readonly score: number
}

export interface ExecutedAgain {
  /** Distinct programs, and how many cases each was run on. */
  readonly programs: number
  readonly cases: number
  readonly changed: ReadonlyArray<ChangedVerdict>
  /** Programs that could not be judged now, for no fault of theirs. */
  readonly failed: ReadonlyArray<{ readonly node: NodeId; readonly reason: string }>
  /** Where programs ran then and run now. */
  readonly environment: { readonly recorded: Place; readonly now: Place }
  /** Files of the critic that judges that are not what they were when the run began. */
  readonly critic: ReadonlyArray<ChangedFile>
}

interface Place {
  readonly tier: string
  readonly toolchain: string
}

/**
 * Runs every distinct program of a run again, on the validation cases and with the limits of the run, and never takes an
 * evaluation from a cache. The hidden cases are not touched: they are scored once. The critic of a run runs only where
 * it is trusted: its command stands in the log, and would run with the user's rights.
 *
 * @param until the last position whose programs count
 * @param lanes programs that run at the same time
 * @param observe is told how many of how many programs are done
 * @param trust whether a critic that the log names may run; one that has changed is told of in the result
 */
export const executeAgain = (
  runId: RunId,
  until: number,
  lanes: number,
  observe: (done: number, all: number) => Effect.Effect<void> = () => Effect.void,
  trust: Exclude<Trust, "though changed"> = "refused"
): Effect.Effect<
  ExecutedAgain,
  EvaluateError | LogFailed | ReplayInvalid | CriticUntrusted,
  EventLog | Sandbox | Critics
> =>
  Effect.gen(function* () {
    const { started, judged } = yield* programsOf(runId, until)
    if (started === undefined) return yield* new ReplayInvalid({ run: runId, reason: "it has no beginning" })
    const problem = yield* recordedProblem(started.problem.document)
    const { check } = problem
    if (check._tag === "Critic" && trust === "refused") {
      return yield* new CriticUntrusted({ run: runId, critic: check.command.join(" ") })
    }
    const { changes } = yield* changesOf(problem)
    const { language } = started.settings
    const sandbox = yield* Sandbox
    const now = { tier: (yield* sandbox.tier).name, toolchain: yield* sandbox.toolchain(language) }
    let done = 0
    const compared = yield* Effect.forEach(
      judged,
      (program) =>
        comparedNow(program, started, problem).pipe(
          Effect.tap(() => observe(++done, judged.length)),
          Effect.catchIf(
            (error) => error._tag === "SandboxFailed" || error._tag === "CriticFailed",
            ({ message }) =>
              Effect.succeed({ changed: [], failed: [{ node: program.nodes[0]!.node, reason: message }] })
          )
        ),
      { concurrency: lanes }
    )
    const { tier, toolchain } = started.environment
    return {
      programs: judged.length,
      cases: problem.validation.length,
      changed: compared.flatMap(({ changed }) => changed),
      failed: compared.flatMap(({ failed }) => failed),
      environment: { recorded: { tier, toolchain }, now },
      critic: changes
    }
  })

/** A program, and the nodes that have it. */
interface JudgedProgram {
  readonly program: Ref
  readonly nodes: ReadonlyArray<ProgramEvaluated>
}

/** The distinct programs of a run that have been judged; what a fork has not inherited is not among them. */
const programsOf = (runId: RunId, until: number) =>
  Effect.gen(function* () {
    let started: RunStarted | undefined
    let nodes: Array<ProgramEvaluated> = []
    yield* (yield* EventLog).read(runId).pipe(
      Stream.takeWhile(({ pos }) => pos <= until),
      Stream.runForEach(({ event }) =>
        Effect.sync(() => {
          if (event._tag === "RunStarted") started = event
          if (event._tag === "ProgramEvaluated") nodes.push(event)
          if (event._tag === "RunForked" && event.at.kind === "node") {
            const path = `${event.at.node}.`
            nodes = nodes.filter(({ node }) => path.startsWith(`${node}.`))
          }
        })
      )
    )
    const programs = new Map<Ref, Array<ProgramEvaluated>>()
    for (const evaluated of nodes) {
      if (evaluated.program === null) continue
      programs.set(evaluated.program, [...(programs.get(evaluated.program) ?? []), evaluated])
    }
    const judged: ReadonlyArray<JudgedProgram> = [...programs].map(([program, of]) => ({
      program,
      nodes: of
    }))
    return { started: started as RunStarted | undefined, judged }
  })

const comparedNow = ({ program, nodes }: JudgedProgram, { settings }: RunStarted, problem: Problem) =>
  Effect.gen(function* () {
    const source = yield* (yield* EventLog).text(program)
    const { language, limits } = settings
    const { check, validation } = problem
    const { evaluation } = yield* evaluate({
      language,
      program: source,
      cases: validation,
      check,
      limits
    }).pipe(Effect.provide(layerNone))
    const [first, ...others] = nodes
    if (first === undefined) return { changed: [], failed: [] }
    const recorded = judgementsOf(first)
    const changed = evaluation.cases.flatMap(({ verdict, score }, index): ReadonlyArray<ChangedVerdict> => {
      const before = recorded[index]
      if (before === undefined || (before.verdict === verdict && before.score === score)) return []
      return [
        {
          node: first.node,
          sameAs: others.map(({ node }) => node),
          case: index,
          recorded: before,
          now: { verdict, score },
          dependsOn: dependsOn(before.verdict) ?? dependsOn(verdict)
        }
      ]
    })
    return { changed, failed: [] }
  })

const judgementsOf = ({ verdicts, partial }: ProgramEvaluated): ReadonlyArray<Judgement> => {
  const scores = new Map(partial)
  return (fromLetters(verdicts) ?? []).map((verdict, index) => ({
    verdict,
    score: verdict === "Passed" ? 1 : (scores.get(index) ?? 0)
  }))
}

const dependsOn = (verdict: Verdict): ChangedVerdict["dependsOn"] => {
  switch (verdict) {
    case "TimeLimit":
    case "Skipped":
      return "time"
    case "MemoryLimit":
      return "memory"
    case "CompileError":
      return "toolchain"
    default:
      return null
  }
}

import { Effect } from "effect"
import type { CriticCheck } from "../../domain/check.ts"
import { ending } from "../../domain/cut.ts"
import { type CaseResult, type Evaluation, type Execution, evaluationOf } from "../../domain/evaluation.ts"
import { languages } from "../../domain/language.ts"
import { printable } from "../../domain/printable.ts"
import { type CriticFailed, Critics, type Judgement } from "../Critics.ts"
import { type Conversation, Sandbox, type SandboxError } from "../Sandbox.ts"
import { isHopeless, type Judging, judgedFairly } from "./fairly.ts"
import type { Question } from "./Question.ts"

const longestReport = 10_000

/**
 * Asks a critic of the user's what a program is worth, once for each trial. The critic runs as the user, the program
 * in a sandbox. The program's limits hold for each of its processes; the critic's time is for the whole trial.
 */
export const byCritic = (
  { cases, language, limits, program }: Question,
  { command, timeMs }: CriticCheck
): Effect.Effect<Evaluation, SandboxError | CriticFailed, Sandbox | Critics> => {
  const trials = cases.flatMap((item) => ("argument" in item ? [item.argument] : []))
  const { fileName } = languages[language]

  const judging: Judging<SandboxError | CriticFailed, Sandbox | Critics> = (room, indices, found) =>
    Effect.gen(function* () {
      const { consult } = yield* Critics
      const { open } = yield* Sandbox
      const opened = yield* open({ language, source: program, limits, wallMs: timeMs, room })
      if (opened._tag === "CompileError") {
        const refused: CaseResult = { ...nothing, verdict: "CompileError", error: opened.diagnostics }
        found.push(...indices.slice(found.length).map(() => refused))
      }
      while (opened._tag === "Open" && found.length < indices.length && !isHopeless(found)) {
        const held: Array<Conversation> = []
        const start = Effect.tap(opened.talk, (conversation) => Effect.sync(() => held.push(conversation)))
        const argument = trials[indices[found.length]!] ?? ""
        const said = yield* consult({ command, program, fileName, argument, timeMs, start })
        found.push(resultOf(said, yield* Effect.forEach(held, ({ execution }) => execution)))
      }
    }).pipe(Effect.scoped, Effect.retry({ times: 1, while: ({ _tag }) => _tag === "SandboxFailed" }))

  return Effect.map(judgedFairly(trials.length, limits, judging), evaluationOf)
}

const nothing = { score: 0, ms: 0, memoryBytes: 0 }

/** What the critic says counts; where it is not content, a limit that the program has broken says more. */
const resultOf = (said: Judgement | "kept waiting", executions: ReadonlyArray<Execution>): CaseResult => {
  const ms = Math.max(0, ...executions.map(({ cpuMs }) => cpuMs))
  const memoryBytes = Math.max(0, ...executions.map((execution) => execution.memoryBytes))
  const measured = { ms, memoryBytes }
  if (said === "kept waiting") return { ...measured, score: 0, verdict: "TimeLimit" }
  const { passed, report, score } = said
  if (passed) return { ...measured, score: 1, verdict: "Passed" }
  const error = printable(ending(report.trim(), longestReport))
  const limit = executions.map((execution) => execution.ending._tag).find(isLimit)
  return { ...measured, score, verdict: limit ?? "WrongAnswer", error }
}

type Limit = "TimeLimit" | "MemoryLimit" | "OutputLimit"

const isLimit = (tag: Execution["ending"]["_tag"]): tag is Limit =>
  tag === "TimeLimit" || tag === "MemoryLimit" || tag === "OutputLimit"

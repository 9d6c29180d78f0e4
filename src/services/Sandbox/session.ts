import { Effect, Schema } from "effect"
import type { Execution } from "../../domain/evaluation.ts"
import type { Job } from "../Sandbox.ts"
import { cleaned } from "./cleaned.ts"
import type { Confinement } from "./confinement.ts"
import type { Memory, StepLimits, Toolchain } from "./driver.ts"
import type { Frame } from "./frames.ts"
import { drivers } from "./languages.ts"
import { type Runner, RunnerFault } from "./runner.ts"

/** What one sandbox has made of a program: all executions up to the end, or why there are none. */
export interface SandboxRun {
  readonly executions: ReadonlyArray<Execution>
  /** Set when the program could not be compiled. */
  readonly diagnostics: string | undefined
  /** The compiled program, where there is such a thing and it was not known before. */
  readonly compiled: Buffer | undefined
}

/** A job in the terms of one sandbox. `compiled` is what an earlier sandbox has made of the same source. */
export interface SandboxJob {
  readonly confinement: Confinement
  readonly toolchain: Toolchain
  readonly job: Job
  /** After how many time limits in a row the rest is skipped. */
  readonly skipAfter: number
  readonly compiled: Buffer | undefined
}

const limited = Schema.Literal("TimeLimit", "MemoryLimit", "OutputLimit")
const Ending = Schema.Union(
  Schema.Struct({ _tag: Schema.Literal("Exited"), code: Schema.Int }),
  Schema.Struct({ _tag: Schema.Literal("Signaled"), signal: Schema.String }),
  Schema.Struct({ _tag: limited })
)
const Prepared = Schema.Union(
  Schema.Struct({ kind: Schema.Literal("prepared") }),
  Schema.Struct({ kind: Schema.Literal("refused"), ending: Ending })
)
const CaseHeader = Schema.Struct({
  kind: Schema.Literal("case"),
  ending: Ending,
  cpuMs: Schema.Number,
  wallMs: Schema.Number,
  memoryBytes: Schema.Number,
  outBytes: Schema.NonNegativeInt
})
const decodePrepared = Schema.decodeUnknown(Prepared)
const decodeCase = Schema.decodeUnknown(CaseHeader)

/** What a C++ program needs of its address space before it does anything: its libraries. */
const librariesOnly: Memory = { counted: "space", freeBytes: 16 * 2 ** 20 }
/** How many inputs may wait in the runner, so that it never waits for the driver. */
const ahead = 4
/** What the driver grants beyond the runner's own stop before it takes the runner for dead. */
const graceMs = 15_000

/**
 * Runs a program on its inputs in one sandbox, to the end or to the first fault. `from` is the first input; what was
 * executed goes to `keep`, so that a fault loses nothing.
 */
export const runInSandbox = (
  { compiled, confinement, job, skipAfter, toolchain }: SandboxJob,
  keep: Array<Execution> = []
): Effect.Effect<SandboxRun, RunnerFault> =>
  Effect.gen(function* () {
    const driver = drivers[job.language]
    const limits: StepLimits = { ...job.limits, wallMs: 3 * job.limits.timeMs + 1_000 }
    const runner = yield* confinement.start(toolchain)
    yield* runner.send(
      {
        ...toolchain.recipe,
        ...(toolchain.memory ?? librariesOnly),
        limits,
        compileLimits: driver.compileLimits,
        compiled: compiled !== undefined
      },
      compiled ?? Buffer.from(job.source, "utf8")
    )
    const answer = yield* runner.receive(driver.compileLimits.wallMs + graceMs)
    const prepared = yield* decoded(decodePrepared, answer)
    if (prepared.kind === "refused") {
      return { executions: [], diagnostics: diagnostics(prepared.ending, answer.body), compiled: undefined }
    }
    for (const input of job.inputs.slice(keep.length, keep.length + ahead)) yield* sendInput(runner, input)
    while (keep.length < job.inputs.length && !(timeLimitsAtEnd(keep) >= skipAfter)) {
      const frame = yield* runner.receive(limits.wallMs + graceMs)
      keep.push(execution(yield* decoded(decodeCase, frame), frame.body, job))
      const next = job.inputs[keep.length + ahead - 1]
      if (next !== undefined) yield* sendInput(runner, next)
    }
    while (keep.length < job.inputs.length) keep.push(skipped)
    return {
      executions: keep,
      diagnostics: undefined,
      compiled: answer.body.length > 0 ? answer.body : undefined
    }
  }).pipe(Effect.scoped)

const sendInput = (runner: Runner, input: string) =>
  runner.send({ kind: "input" }, Buffer.from(input, "utf8"))

const decoded = <A, E>(
  decode: (input: unknown) => Effect.Effect<A, E>,
  { header }: Frame
): Effect.Effect<A, RunnerFault> =>
  decode(header).pipe(Effect.mapError(() => new RunnerFault({ reason: "the runner broke the protocol" })))

const execution = (header: typeof CaseHeader.Type, body: Buffer, { language, limits }: Job): Execution => {
  const stderr = cleaned(body.toString("utf8", header.outBytes))
  const measured = {
    stdout: body.toString("utf8", 0, header.outBytes),
    stderr,
    cpuMs: Math.round(header.cpuMs * 10) / 10,
    wallMs: Math.round(header.wallMs * 10) / 10,
    memoryBytes: header.memoryBytes
  }
  const { ending } = header
  const failed = ending._tag === "Signaled" || (ending._tag === "Exited" && ending.code !== 0)
  const full = header.memoryBytes > 0.95 * limits.memoryBytes
  if (failed && (full || drivers[language].ranOutOfMemory(stderr))) {
    return { ...measured, ending: { _tag: "MemoryLimit" } }
  }
  return { ...measured, ending }
}

const skipped: Execution = {
  ending: { _tag: "Skipped" },
  stdout: "",
  stderr: "",
  cpuMs: 0,
  wallMs: 0,
  memoryBytes: 0
}

const timeLimitsAtEnd = (executions: ReadonlyArray<Execution>): number => {
  let count = 0
  while (executions.at(-1 - count)?.ending._tag === "TimeLimit") count += 1
  return count
}

const diagnostics = (ending: typeof Ending.Type, body: Buffer): string => {
  const text = cleaned(body.toString("utf8")).trimEnd()
  if (ending._tag === "Exited" && text !== "") return text
  const limit =
    ending._tag === "Exited" || ending._tag === "Signaled" ? "the compiler died" : limitTexts[ending._tag]
  return text === "" ? limit : `${limit}\n${text}`
}

const limitTexts = {
  TimeLimit: "compiling took too long",
  MemoryLimit: "compiling took too much memory",
  OutputLimit: "compiling gave too much output"
} as const

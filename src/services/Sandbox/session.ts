import { Effect, Schema } from "effect"
import type { Execution } from "../../domain/evaluation.ts"
import type { Job } from "../Sandbox.ts"
import { cleaned } from "./cleaned.ts"
import type { Confinement } from "./confinement.ts"
import type { Memory, StepLimits, Toolchain } from "./driver.ts"
import { timeLimitsAtEnd } from "./fairness.ts"
import type { Frame } from "./frames.ts"
import { drivers } from "./languages.ts"
import { type Runner, RunnerFault } from "./runner.ts"
import type { SandboxRun } from "./SandboxRun.ts"
import { bytesOfText, textOfBytes } from "./textOfBytes.ts"

/** A job in the terms of one sandbox. `compiled` is what an earlier sandbox has made of the same source. */
export interface SandboxJob {
  readonly confinement: Confinement
  readonly toolchain: Toolchain
  readonly job: Job
  /** After how many time limits in a row the session ends. */
  readonly skipAfter: number
  /** At how much processor time, in ms, a case is ended; what took more than its limit has broken it in any case. */
  readonly stopMs: number
  readonly compiled: Buffer | undefined
  /** Told of the program as soon as it is compiled. */
  readonly onCompiled?: (program: Buffer) => void
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
export const CaseHeader = Schema.Struct({
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
/** How many inputs, or how many characters of them, may wait for the runner, so that it never waits for the driver. */
const ahead = { inputs: 64, characters: 2 ** 20 }
/** The longest that a timer waits, in ms. */
const longest = 2 ** 31 - 1
/** The runner ends a step at ten times its wall time at the latest; one that is silent for longer is taken for dead. */
export const patienceMs = (wallMs: number): number => Math.min(10 * wallMs + 60_000, longest)

/**
 * Runs a program on its inputs in one sandbox, to the end or to the first fault. `from` is the first input; what was
 * executed goes to `keep`, so that a fault loses nothing.
 */
export const runInSandbox = (
  { compiled, confinement, job, onCompiled, skipAfter, stopMs, toolchain }: SandboxJob,
  keep: Array<Execution> = []
): Effect.Effect<SandboxRun, RunnerFault> =>
  Effect.gen(function* () {
    const limits = { ...job.limits, stopMs, wallMs: 3 * job.limits.timeMs + 1_000 }
    const runner = yield* confinement.start(toolchain)
    const made = yield* Effect.mapError(
      prepared(runner, { toolchain, job, compiled }, { limits }),
      faultDuring("compiling")
    )
    if (made.diagnostics !== undefined) return { ...made, executions: [] }
    if (made.compiled !== undefined) onCompiled?.(made.compiled)
    yield* Effect.mapError(allCases(runner, { job, limits, skipAfter }, keep), faultDuring("case"))
    return { ...made, executions: keep }
  }).pipe(Effect.scoped)

/** Sends the inputs that are left, some ahead, and keeps what comes of them. */
const allCases = (
  runner: Runner,
  { job, limits, skipAfter }: Pick<SandboxJob, "job" | "skipAfter"> & { readonly limits: StepLimits },
  keep: Array<Execution>
): Effect.Effect<void, RunnerFault> =>
  Effect.gen(function* () {
    let sent = keep.length
    let characters = 0
    const sendAhead = Effect.gen(function* () {
      while (sent < job.inputs.length && sent - keep.length < ahead.inputs) {
        const input = job.inputs[sent]!
        if (sent > keep.length && characters + input.length > ahead.characters) return
        characters += input.length
        sent += 1
        yield* runner.send({ kind: "input" }, bytesOfText(input))
      }
    })
    yield* sendAhead
    while (keep.length < job.inputs.length && !(timeLimitsAtEnd(keep) >= skipAfter)) {
      const frame = yield* runner.receive(patienceMs(limits.wallMs))
      keep.push(execution(yield* decoded(decodeCase, frame), frame.body, job))
      characters -= job.inputs[keep.length - 1]!.length
      yield* sendAhead
    }
  })

/** Gives a fault its place. */
export const faultDuring =
  (during: RunnerFault["during"]) =>
  ({ reason }: RunnerFault): RunnerFault =>
    new RunnerFault({ reason, during })

/** Gives a runner its program, and the settings that `more` has; tells what came of compiling it. */
export const prepared = (
  runner: Runner,
  {
    compiled,
    job,
    toolchain
  }: Pick<SandboxJob, "toolchain" | "compiled"> & { readonly job: Pick<Job, "language" | "source"> },
  more: { readonly limits: StepLimits; readonly talks?: true }
): Effect.Effect<Omit<SandboxRun, "executions">, RunnerFault> =>
  Effect.gen(function* () {
    const { compileLimits } = drivers[job.language]
    yield* runner.send(
      {
        ...toolchain.recipe,
        ...(toolchain.memory ?? librariesOnly),
        ...more,
        compileLimits,
        compiled: compiled !== undefined
      },
      compiled ?? Buffer.from(job.source, "utf8")
    )
    const answer = yield* runner.receive(patienceMs(compileLimits.wallMs))
    const result = yield* decoded(decodePrepared, answer)
    return result.kind === "refused"
      ? { diagnostics: diagnostics(result.ending, answer.body), compiled: undefined }
      : { diagnostics: undefined, compiled: answer.body.length > 0 ? answer.body : undefined }
  })

/** A disk, and a file on it, that a precompiled header fits into. */
const headerBytes = 2 ** 28

/** Makes a precompiled header of includes, in a sandbox of its own. */
export const makeHeader = (
  confinement: Confinement,
  { recipe, readable, version }: Toolchain,
  includes: string
): Effect.Effect<Buffer, RunnerFault> =>
  Effect.gen(function* () {
    if (recipe.runs !== "native" || recipe.header === undefined) {
      return yield* new RunnerFault({
        reason: "there are no precompiled headers in this language",
        during: "start"
      })
    }
    const { compileLimits } = drivers.cpp
    const { header, ...rest } = recipe
    const made = {
      ...rest,
      fileName: "program.hpp",
      compile: header.make,
      keeps: false,
      mostBytes: headerBytes
    }
    const runner = yield* confinement.start({ recipe, readable, version }, headerBytes)
    yield* runner.send(
      { ...made, ...librariesOnly, limits: compileLimits, compileLimits },
      Buffer.from(includes, "utf8")
    )
    const answer = yield* runner.receive(patienceMs(compileLimits.wallMs))
    const result = yield* decoded(decodePrepared, answer)
    if (result.kind === "prepared") return answer.body
    return yield* new RunnerFault({ reason: diagnostics(result.ending, answer.body), during: "compiling" })
  }).pipe(Effect.scoped)

export const decoded = <A, E>(
  decode: (input: unknown) => Effect.Effect<A, E>,
  { header }: Frame
): Effect.Effect<A, RunnerFault> =>
  decode(header).pipe(
    Effect.mapError(() => new RunnerFault({ reason: "the runner broke the protocol", during: "start" }))
  )

export const execution = (
  header: typeof CaseHeader.Type,
  body: Buffer,
  { language, limits }: Pick<Job, "language" | "limits">
): Execution => {
  const stderr = cleaned(body.toString("utf8", header.outBytes))
  const measured = {
    stdout: textOfBytes(body.subarray(0, header.outBytes)),
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

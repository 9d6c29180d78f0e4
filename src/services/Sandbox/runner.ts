import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { Data, Effect, type Scope } from "effect"
import { encodeFrame, type Frame, FrameReader } from "./frames.ts"
import type { PythonInstallation } from "./pythonInstallation.ts"

/** Where the runner's code lies, beside this file, in `src` as in `dist`. */
export const runnerFile = fileURLToPath(new URL("./runner.py", import.meta.url))
export const runnerFolder = dirname(runnerFile)
/** Where bubblewrap shows it until it has been loaded; `bubblewrapped.py` takes it away. */
export const shownRunnerFile = "/runner/runner.py"

/** A runner did not start, broke the protocol, or went away: before it had a program, while it compiled it, or ran it. */
export class RunnerFault extends Data.TaggedError("RunnerFault")<{
  readonly reason: string
  readonly during: "start" | "compiling" | "case"
}> {}

/** A started runner. Frames arrive in the order in which they were sent. */
export interface Runner {
  readonly send: (header: unknown, body?: Uint8Array) => Effect.Effect<void>
  readonly receive: (withinMs: number) => Effect.Effect<Frame, RunnerFault>
  /** Whether it lives, and has said nothing that was not received. */
  readonly isSound: () => boolean
}

const largestFrame = 2 ** 28
const lastWords = 2_000
/** For ending programs and emptying their folder, which may be large, on a slow disk. */
const gentleMs = 20_000

/**
 * Starts a runner, which ends with the scope, and all its descendants with it. A `gentle` end closes the channel
 * first and gives the runner time to end its programs: without a namespace nobody else can find them.
 */
export const startRunner = (
  command: ReadonlyArray<string>,
  environment: Readonly<Record<string, string>>,
  gentle: boolean
): Effect.Effect<Runner, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => new RunnerProcess(command, environment)),
    (runner) => runner.end(gentle)
  )

/** The words that start a runner's interpreter, behind `before`, on its code at `file`. */
export const runnerCommand = (
  { executable, prefix }: PythonInstallation,
  before: ReadonlyArray<string> = [],
  file = runnerFile
): ReadonlyArray<string> => [...prefix, ...before, executable, "-S", "-s", file]

class RunnerProcess implements Runner {
  private readonly child: ChildProcessWithoutNullStreams
  private readonly frames: Array<Frame> = []
  private readonly reader = new FrameReader(largestFrame)
  private readonly closed: Promise<void>
  private complaint = ""
  private fault: RunnerFault | undefined
  private waiting: (() => void) | undefined

  constructor(command: ReadonlyArray<string>, env: Readonly<Record<string, string>>) {
    const child = spawn(command[0]!, command.slice(1), {
      cwd: "/",
      detached: true,
      env,
      stdio: ["pipe", "pipe", "pipe"]
    })
    this.child = child
    child.stdout.on("data", (piece: Buffer) => this.take(piece))
    child.stderr.on("data", (piece: Buffer) => {
      this.complaint = (this.complaint + piece.toString("utf8")).slice(-lastWords)
    })
    // A runner that is gone shows in its end; that it can no longer be written to adds nothing.
    child.stdin.on("error", () => undefined)
    this.closed = new Promise((resolve) => {
      child.once("error", (error) => {
        this.break(error.message)
        resolve()
      })
      child.once("close", (code, signal) => {
        this.break(lastWord(this.complaint) || `the runner ended (${signal ?? code})`)
        resolve()
      })
    })
  }

  send(header: unknown, body?: Uint8Array): Effect.Effect<void> {
    return Effect.sync(() => {
      if (this.fault !== undefined) return
      const { stdin } = this.child
      // What is sent in one go is written at once.
      if (stdin.writableCorked === 0) {
        stdin.cork()
        process.nextTick(() => stdin.uncork())
      }
      stdin.write(encodeFrame(header, body))
    })
  }

  receive(withinMs: number): Effect.Effect<Frame, RunnerFault> {
    return Effect.suspend(() => {
      const frame = this.frames.shift()
      return frame === undefined ? this.awaitFrame(withinMs) : Effect.succeed(frame)
    })
  }

  private awaitFrame(withinMs: number): Effect.Effect<Frame, RunnerFault> {
    return Effect.async<Frame, RunnerFault>((resume) => {
      const settle = () => {
        const frame = this.frames.shift()
        if (frame === undefined && this.fault === undefined) return
        clearTimeout(timer)
        this.waiting = undefined
        resume(frame === undefined ? Effect.fail(this.fault!) : Effect.succeed(frame))
      }
      const timer = setTimeout(() => this.break(`the runner was silent for ${withinMs} ms`), withinMs)
      this.waiting = settle
      settle()
      return Effect.sync(() => {
        clearTimeout(timer)
        this.waiting = undefined
      })
    })
  }

  isSound(): boolean {
    return this.fault === undefined && this.frames.length === 0
  }

  end(gentle: boolean): Effect.Effect<void> {
    return Effect.promise(async () => {
      this.child.stdin.destroy()
      if (gentle) await Promise.race([this.closed, later(gentleMs)])
      const { exitCode, pid, signalCode } = this.child
      if (pid !== undefined && exitCode === null && signalCode === null) killGroup(pid)
      await this.closed
    })
  }

  private take(piece: Buffer): void {
    try {
      this.frames.push(...this.reader.push(piece))
    } catch (cause) {
      this.break(`the runner sent what is no frame: ${String(cause)}`)
    }
    this.waiting?.()
  }

  private break(reason: string): void {
    this.fault ??= new RunnerFault({ reason, during: "start" })
    this.waiting?.()
  }
}

/** The end of a trace, without the kind of an error that is the runner's own. */
const lastWord = (complaint: string): string =>
  complaint
    .trim()
    .split("\n")
    .at(-1)!
    .replace(/^OSError: (?!\[)/, "")

const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })

const killGroup = (leader: number): void => {
  try {
    process.kill(-leader, "SIGKILL")
  } catch (cause) {
    // It may have ended between the question and the answer.
    if ((cause as NodeJS.ErrnoException).code !== "ESRCH") throw cause
  }
}

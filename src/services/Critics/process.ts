import { type ChildProcess, spawn } from "node:child_process"
import { Effect, type Scope } from "effect"

/** How a critic ended, and what it said. */
export interface Spoken {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

const mostOutput = 2 ** 20
const lastWords = 2_000

/**
 * Starts a critic in a process group of its own, which ends with the scope. The inner effect waits for its end; it
 * fails with a reason when the critic cannot be started.
 */
export const startCritic = (
  [file, ...first]: readonly [string, ...ReadonlyArray<string>],
  others: ReadonlyArray<string>,
  environment: Readonly<Record<string, string | undefined>>
): Effect.Effect<Effect.Effect<Spoken, string>, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => new CriticProcess(file, [...first, ...others], environment)),
      (critic) => Effect.promise(() => critic.end())
    ),
    (critic) => critic.spoken
  )

class CriticProcess {
  private readonly child: ChildProcess
  private readonly closed: Promise<void>
  private readonly exited: Promise<string | undefined>
  private ended: Promise<void> | undefined
  private stdout = ""
  private stderr = ""

  constructor(
    file: string,
    args: ReadonlyArray<string>,
    environment: Readonly<Record<string, string | undefined>>
  ) {
    const child = spawn(file, args, { detached: true, env: environment, stdio: ["ignore", "pipe", "pipe"] })
    this.child = child
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout = (this.stdout + text).slice(-mostOutput)
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr = (this.stderr + text).slice(-lastWords)
    })
    this.exited = new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message))
      child.once("exit", () => resolve(undefined))
    })
    this.closed = new Promise((resolve) => {
      child.once("error", () => resolve())
      child.once("close", () => resolve())
    })
  }

  readonly spoken: Effect.Effect<Spoken, string> = Effect.promise(async () => {
    const fault = await this.exited
    // What it has left behind holds its pipes open.
    await this.end()
    return fault
  }).pipe(
    Effect.flatMap((fault) =>
      fault === undefined
        ? Effect.succeed({
            code: this.child.exitCode,
            signal: this.child.signalCode,
            stdout: this.stdout,
            stderr: this.stderr
          })
        : Effect.fail(fault)
    )
  )

  /** Ends the whole group, once: its number may be another's later. */
  end(): Promise<void> {
    this.ended ??= this.kill()
    return this.ended
  }

  /** A descendant that has left the group may hold the pipes; it is not waited for. */
  private async kill(): Promise<void> {
    const { pid } = this.child
    if (pid === undefined) return
    try {
      process.kill(-pid, "SIGKILL")
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ESRCH") throw cause
    }
    await Promise.race([this.closed, later(1_000)])
  }
}

const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })

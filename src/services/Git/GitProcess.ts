import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"

const lastWords = 4_000
/** How long, in ms, what it leaves behind may hold its streams open: an ssh that stays for the next connection does. */
const mostRest = 1_000

/** A git that runs, with all its children in a group of their own. */
export class GitProcess {
  /** The end of what it says on the side. */
  err = ""
  readonly ended: Promise<{ readonly code: number | null; readonly fault: string | undefined }>
  private readonly child: ChildProcess

  constructor(
    args: ReadonlyArray<string>,
    environment: Readonly<Record<string, string | undefined>>,
    onOutput: (text: string) => void
  ) {
    const child = spawn("git", args, { env: environment, stdio: ["pipe", "pipe", "pipe"], detached: true })
    this.child = child
    child.stdout.setEncoding("utf8").on("data", onOutput)
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.err = (this.err + text).slice(-lastWords)
    })
    // When it has ended early, its status says so.
    child.stdin.on("error", () => undefined)
    this.ended = new Promise((resolve) => {
      child.once("error", (error) => resolve({ code: null, fault: error.message }))
      child.once("exit", () => {
        const rest = setTimeout(() => {
          child.stdout.destroy()
          child.stderr.destroy()
        }, mostRest)
        child.once("close", () => clearTimeout(rest))
      })
      child.once("close", (code) => resolve({ code, fault: undefined }))
    })
  }

  /** Hands on a text; comes back when there is room for more, or nobody to take it. */
  async input(text: string): Promise<void> {
    const { stdin } = this.child
    if (stdin === null || stdin.destroyed || stdin.write(text)) return
    await Promise.race([once(stdin, "drain").catch(() => undefined), this.ended])
  }

  finishInput(): void {
    this.child.stdin?.end()
  }

  /** Ends it with all its children, if it has not ended itself. */
  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null && this.child.pid !== undefined) {
      try {
        process.kill(-this.child.pid, "SIGKILL")
      } catch {
        // It has ended in between.
      }
    }
    await this.ended
  }
}

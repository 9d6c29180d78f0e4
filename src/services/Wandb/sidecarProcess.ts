import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"

const lastWords = 2_000

/** The process that speaks to the client: lines in, lines out. It is in a process group of its own. */
export class SidecarProcess {
  /** The end of what it has printed besides, which says why it broke. */
  words = ""
  /** Why it could not be started, or undefined, when it has ended. */
  readonly ended: Promise<string | undefined>
  private readonly child: ChildProcess
  private hasEnded = false

  constructor(
    command: string,
    args: ReadonlyArray<string>,
    environment: Readonly<Record<string, string>>,
    onLine: (line: string) => void
  ) {
    const child = spawn(command, args, { detached: true, env: environment, stdio: ["pipe", "pipe", "pipe"] })
    this.child = child
    createInterface({ input: child.stdout }).on("line", onLine)
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.words = (this.words + text).slice(-lastWords)
    })
    // When it has ended early, its end says so.
    child.stdin.on("error", () => undefined)
    this.ended = new Promise((resolve) => {
      const end = (reason: string | undefined) => {
        this.hasEnded = true
        resolve(reason)
      }
      child.once("error", (error) => end(error.message))
      // A descendant of it may hold its output open, and is not waited for.
      child.once("exit", () => setImmediate(() => end(undefined)))
    })
  }

  /** Hands on a line; comes back when there is room for more, or nobody to take it. */
  async write(line: string): Promise<void> {
    const { stdin } = this.child
    if (this.hasEnded || stdin === null || stdin.destroyed || stdin.write(`${line}\n`)) return
    await Promise.race([once(stdin, "drain").catch(() => undefined), this.ended])
  }

  /** Says that nothing more comes, and waits that long for it to end; then it is ended, with all its children. */
  async end(graceMs: number): Promise<void> {
    this.child.stdin?.end()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs)
    })
    await Promise.race([this.ended, late])
    clearTimeout(timer)
    this.kill()
    await this.ended
  }

  private kill(): void {
    const { pid } = this.child
    if (pid === undefined) return
    try {
      process.kill(-pid, "SIGKILL")
    } catch {
      // Nobody is left in the group.
    }
  }
}

import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { Effect, Layer, Stream } from "effect"
import { withoutKeys } from "../Critics/withoutKeys.ts"
import { Git, GitFailed, type GitRemote } from "../Git.ts"
import { redacted, shownUrl } from "./redacted.ts"

const lastWords = 4_000

/** The user's git, with the user's own settings and keys; it never asks, since nobody would answer. */
export const layer = (environment: Readonly<Record<string, string | undefined>>): Layer.Layer<Git> => {
  const start = (args: ReadonlyArray<string>) =>
    Effect.acquireRelease(
      Effect.sync(() => new GitProcess(args, environment)),
      (git) => Effect.promise(() => git.end())
    )

  const run = (args: ReadonlyArray<string>, doing: string, secret = "") =>
    Effect.scoped(
      Effect.gen(function* () {
        const git = yield* start(args)
        yield* Effect.sync(() => git.finishInput())
        return yield* resultOf(git, doing, secret)
      })
    )

  return Layer.succeed(Git, {
    init: Effect.fn("Git.init")(function* (folder: string) {
      yield* run(["init", "--quiet", "--bare", folder], "making a repository")
    }),
    write: <E>(folder: string, commands: Stream.Stream<string, E>): Effect.Effect<void, GitFailed | E> =>
      Effect.scoped(
        Effect.gen(function* () {
          const git = yield* start(["--git-dir", folder, "fast-import", "--quiet", "--done"])
          yield* Stream.runForEach(commands, (text) => Effect.promise(() => git.input(text)))
          yield* Effect.promise(() => git.input("done\n"))
          yield* Effect.sync(() => git.finishInput())
          yield* resultOf(git, "writing commits", "")
        })
      ),
    heads: Effect.fn("Git.heads")(function* (folder: string) {
      const format = "--format=%(refname:short) %(objectname)"
      const out = yield* run(["--git-dir", folder, "for-each-ref", format, "refs/heads"], "reading branches")
      const lines = out.split("\n").filter((line) => line !== "")
      return new Map(
        lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), line.slice(line.lastIndexOf(" ") + 1)])
      )
    }),
    push: Effect.fn("Git.push")(function* (
      folder: string,
      { url }: GitRemote,
      branches: ReadonlyArray<string>
    ) {
      if (branches.length === 0) return
      const refs = branches.map((branch) => `refs/heads/${branch}:refs/heads/${branch}`)
      const args = ["--git-dir", folder, "push", "--quiet", "--", url, ...refs]
      yield* run(args, `pushing to ${shownUrl(url)}`, url)
    })
  })
}

/** What git printed, when it has ended well. */
const resultOf = (git: GitProcess, doing: string, secret: string): Effect.Effect<string, GitFailed> =>
  Effect.flatMap(
    Effect.promise(() => git.ended),
    ({ code, fault }) => {
      if (fault !== undefined) return new GitFailed({ doing, reason: `it cannot be started (${fault})` })
      if (code === 0) return Effect.succeed(git.out)
      const lines = git.err.split("\n").filter((line) => line.trim() !== "")
      const said = lines.filter((line) => /^(?:fatal|error|warning|remote|!|.*rejected)/.test(line.trim()))
      const reason = (said.length === 0 ? lines : said).slice(0, 6).join("; ")
      return new GitFailed({ doing, reason: redacted(reason === "" ? `status ${code}` : reason, secret) })
    }
  )

class GitProcess {
  out = ""
  err = ""
  readonly ended: Promise<{ readonly code: number | null; readonly fault: string | undefined }>
  private readonly child: ChildProcess

  constructor(args: ReadonlyArray<string>, environment: Readonly<Record<string, string | undefined>>) {
    const child = spawn("git", args, {
      env: {
        ...withoutKeys(environment),
        GIT_TERMINAL_PROMPT: "0",
        GIT_ASKPASS: "true",
        SSH_ASKPASS: "true",
        LC_ALL: "C"
      },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true
    })
    this.child = child
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.out += text
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.err = (this.err + text).slice(-lastWords)
    })
    // When it has ended early, its status says so.
    child.stdin.on("error", () => undefined)
    this.ended = new Promise((resolve) => {
      child.once("error", (error) => resolve({ code: null, fault: error.message }))
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

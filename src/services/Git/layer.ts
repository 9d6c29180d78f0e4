import { Effect, Layer, Option, Redacted, Stream } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { Git, GitFailed, type GitRemote } from "../Git.ts"
import { type Access, accessTo } from "./access.ts"
import { gitEnvironment } from "./environment.ts"
import { GitProcess } from "./GitProcess.ts"
import { redacted, type Secrets, shownUrl } from "./redacted.ts"

/** Longest line of a message that is kept: longer ones are none of ours. */
const mostLine = 20_000

const nowhere: Access = { address: "", settings: [], variables: {} }
const none: Secrets = { url: "", known: [] }
const words = { "ls-remote": "asking", fetch: "fetching from", push: "pushing to" }

/** Whether it may be ssh that goes there. */
const isFar = (url: string): boolean => !/^(?:https?|file):|^[./]/i.test(url)

/** The user's git, with the user's own settings and keys; it never asks, since nobody would answer. */
export const layer = (environment: Readonly<Record<string, string | undefined>>): Layer.Layer<Git> => {
  const start = (
    args: ReadonlyArray<string>,
    { settings, variables }: Access,
    onOutput: (text: string) => void
  ) =>
    Effect.acquireRelease(
      Effect.sync(
        () => new GitProcess(args, gitEnvironment({ ...environment, ...variables }, settings), onOutput)
      ),
      (git) => Effect.promise(() => git.end())
    )

  const run = (
    args: ReadonlyArray<string>,
    doing: string,
    onOutput: (text: string) => void,
    access = nowhere,
    secrets = none
  ) =>
    Effect.scoped(
      Effect.gen(function* () {
        const git = yield* start(args, access, onOutput)
        yield* Effect.sync(() => git.finishInput())
        yield* resultOf(git, doing, secrets)
      })
    )

  const output = (args: ReadonlyArray<string>, doing: string, access = nowhere, secrets = none) =>
    Effect.suspend(() => {
      let out = ""
      const take = (text: string) => {
        out += text
      }
      return Effect.map(run(args, doing, take, access, secrets), () => out)
    })

  /** Who has a way of their own keeps it; ssh itself is told to ask nothing. */
  const ssh = Effect.gen(function* () {
    if ((environment["GIT_SSH_COMMAND"] ?? environment["GIT_SSH"]) !== undefined) return {}
    const own = yield* Effect.option(output(["config", "--get", "core.sshCommand"], "reading settings"))
    return Option.isSome(own) ? {} : { GIT_SSH_COMMAND: "ssh -oBatchMode=yes" }
  })

  /** A conversation with a remote, in a repository. */
  const talk = Effect.fn("Git.talk")(function* (
    [folder, command]: readonly [string, "ls-remote" | "fetch" | "push"],
    { url }: GitRemote,
    options: ReadonlyArray<string>,
    refs: ReadonlyArray<string> = []
  ) {
    const secret = Redacted.value(url)
    const { address, settings, variables } = accessTo(secret)
    const access = { address, settings, variables: { ...variables, ...(isFar(secret) ? yield* ssh : {}) } }
    const args = ["--git-dir", folder, command, "--quiet", ...options, "--", address, ...refs]
    return yield* output(args, `${words[command]} ${printableLine(shownUrl(secret))}`, access, {
      url: secret,
      known: refs
    })
  })

  return Layer.succeed(Git, {
    init: Effect.fn("Git.init")(function* (folder: string) {
      yield* output(["init", "--quiet", "--bare", folder], "making a repository")
    }),
    write: <E, R>(
      folder: string,
      commands: Stream.Stream<string, E, R>,
      isForced = false
    ): Effect.Effect<void, GitFailed | E, R> =>
      Effect.scoped(
        Effect.gen(function* () {
          const force = isForced ? ["--force"] : []
          const args = ["--git-dir", folder, "fast-import", "--quiet", "--done", ...force]
          const git = yield* start(args, nowhere, () => undefined)
          yield* Stream.runForEach(commands, (text) => Effect.promise(() => git.input(text)))
          yield* Effect.promise(() => git.input("done\n"))
          yield* Effect.sync(() => git.finishInput())
          yield* resultOf(git, "writing commits", none)
        })
      ),
    heads: Effect.fn("Git.heads")(function* (folder: string) {
      const args = ["--git-dir", folder, "for-each-ref", "--format=%(objectname)%09%(refname)", "refs/heads"]
      return headsIn(yield* output(args, "reading branches"))
    }),
    secondLines: Effect.fn("Git.secondLines")(function* (
      folder: string,
      commit: string,
      each: (line: string) => void
    ) {
      const take = firstLines(each)
      yield* run(
        ["--git-dir", folder, "log", "-z", "--no-show-signature", "--format=%b", commit, "--"],
        "reading a branch",
        take
      )
      take("\0")
    }),
    remoteHeads: Effect.fn("Git.remoteHeads")(function* (folder: string, remote: GitRemote) {
      return headsIn(yield* talk([folder, "ls-remote"], remote, ["--heads"]))
    }),
    fetch: Effect.fn("Git.fetch")(function* (
      folder: string,
      remote: GitRemote,
      branches: ReadonlyArray<string>
    ) {
      if (branches.length === 0) return
      const refs = branches.map((branch) => `+refs/heads/${branch}:refs/seidr/${branch}`)
      yield* talk([folder, "fetch"], remote, ["--no-tags", "--no-write-fetch-head"], refs)
    }),
    push: Effect.fn("Git.push")(function* (
      folder: string,
      remote: GitRemote,
      commits: ReadonlyMap<string, string>
    ) {
      if (commits.size === 0) return
      const refs = [...commits].map(([branch, commit]) => `${commit}:refs/heads/${branch}`)
      yield* talk([folder, "push"], remote, [], refs)
    })
  })
}

/** When it has ended well; what it said otherwise. */
const resultOf = (git: GitProcess, doing: string, secrets: Secrets): Effect.Effect<void, GitFailed> =>
  Effect.flatMap(
    Effect.promise(() => git.ended),
    ({ code, fault }) => {
      if (fault !== undefined) return new GitFailed({ doing, reason: `it cannot be started (${fault})` })
      if (code === 0) return Effect.void
      const lines = git.err.split("\n").filter((line) => line.trim() !== "")
      const said = lines.filter((line) =>
        /^(?:fatal|error|warning|remote|ssh|!|.*rejected|.*denied|.*failed)/.test(line.trim())
      )
      const reason = shortened(said.length === 0 ? lines : said)
        .slice(0, 6)
        .map((line) => redacted(line.trim(), secrets))
        .join("; ")
      return new GitFailed({ doing, reason: reason === "" ? `status ${code}` : reason })
    }
  )

/** Of branches that were rejected the first, without its commit: a push may have hundreds, rejected for the same reason. */
const shortened = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const isRejection = (line: string) => /^\s*! \[/.test(line)
  const [first, ...others] = lines.filter(isRejection)
  if (first === undefined) return lines
  const more = others.length === 0 ? "" : ` and ${others.length} more`
  return [
    ...lines.filter((line) => !isRejection(line) && !line.startsWith("error: failed to push")),
    `${first.replace(/[0-9a-f]{40,} -> /, "")}${more}`
  ]
}

/** Branches and their commits, of lines `COMMIT TAB refs/heads/NAME`. */
const headsIn = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines.split("\n").flatMap((line) => {
      const [, commit, name] = /^([0-9a-f]+)\trefs\/heads\/(.+)$/.exec(line) ?? []
      return commit === undefined || name === undefined ? [] : [[name, commit] as const]
    })
  )

/** Of texts that end with NUL and come in pieces, the first line of each. */
const firstLines = (each: (line: string) => void): ((piece: string) => void) => {
  let line = ""
  let isOver = false
  return (piece) => {
    for (const [index, part] of piece.split("\0").entries()) {
      if (index > 0) {
        // A copy: whoever keeps a part of it would keep the whole piece in memory, and in time all of the branch.
        each(Buffer.from(line).toString())
        line = ""
        isOver = false
      }
      if (isOver) continue
      const end = part.indexOf("\n")
      line = (line + (end < 0 ? part : part.slice(0, end))).slice(0, mostLine)
      isOver = end >= 0
    }
  }
}

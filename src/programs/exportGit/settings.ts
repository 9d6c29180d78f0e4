import { type Duration, Either, Redacted } from "effect"
import type { Identity } from "../../domain/git/fastImport.ts"
import type { GitRemote } from "../../services/Git.ts"

/** How a process shows its runs on a git remote while they go on. */
export interface GitSettings {
  readonly remote: GitRemote
  readonly identity: Identity
  /** Time between two pushes. */
  readonly interval: Duration.Duration
}

type Environment = Readonly<Record<string, string | undefined>>

/** Who commits where nobody is named. */
const nobody = { name: "seidr", email: "seidr@localhost" }

/** Who commits, by `GIT_USER` and `GIT_EMAIL`. */
export const identityIn = (environment: Environment): Identity => ({
  name: variable(environment, "GIT_USER") ?? nobody.name,
  email: variable(environment, "GIT_EMAIL") ?? nobody.email
})

/** The remote of a flag, else of `GIT_REMOTE`; `none` is none. On the left, what is wrong. */
export const remoteFrom = (
  given: string | undefined,
  environment: Environment
): Either.Either<GitRemote | undefined, string> => {
  const [name, url] =
    given === undefined ? ["GIT_REMOTE", variable(environment, "GIT_REMOTE")] : ["--git-remote", given.trim()]
  if (url === undefined || url === "none") return Either.right(undefined)
  // git would take it for one of its flags, or run it.
  const isAddress = !/^(?:-|ext::|fd::)/i.test(url) && !/\p{Cc}/u.test(url)
  return isAddress
    ? Either.right({ url: Redacted.make(url) })
    : Either.left(`${name} is not the address of a repository`)
}

const variable = (environment: Environment, name: string): string | undefined => {
  const value = environment[name]?.trim() ?? ""
  return value === "" ? undefined : value
}

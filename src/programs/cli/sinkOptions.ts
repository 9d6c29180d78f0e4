import { Duration, Either, Option } from "effect"
import { millisecondsOf } from "../../domain/units.ts"
import { type GitSettings, identityIn, remoteFrom } from "../exportGit/settings.ts"
import { environment } from "./environment.ts"
import { flag, type Reader, text, wandbProject } from "./options.ts"

/** Seconds, or a duration with its unit. */
const interval: Reader<number> = (given) => {
  const value = millisecondsOf(/^\d+(?:\.\d+)?$/.test(given) ? `${given}s` : given)
  return value !== undefined && value >= 1_000 && value <= 86_400_000
    ? Either.right(value)
    : Either.left("a number of seconds from 1 on, or a duration such as 2m")
}

/** Flags of where runs are shown while they go on, which shape no search. */
export const sinkOptions = {
  gitRemote: flag(
    "git-remote",
    "URL",
    text,
    "where attempts go as git commits while the search runs; default GIT_REMOTE; none for nowhere"
  ),
  gitFlush: flag("git-flush", "SECONDS", interval, "time between two pushes to --git-remote; default 30"),
  wandb: wandbProject
}

export interface SinkFlags {
  readonly gitRemote: Option.Option<string>
  readonly gitFlush: Option.Option<number>
  readonly wandb: Option.Option<string>
}

/** Where attempts go, by flags and environment; on the left, what is wrong. */
export const gitSettingsOf = ({
  gitFlush,
  gitRemote
}: Pick<SinkFlags, "gitFlush" | "gitRemote">): Either.Either<GitSettings | undefined, string> =>
  Either.map(remoteFrom(Option.getOrUndefined(gitRemote), environment), (remote) =>
    remote === undefined
      ? undefined
      : {
          remote,
          identity: identityIn(environment),
          interval: Duration.millis(Option.getOrElse(gitFlush, () => 30_000))
        }
  )

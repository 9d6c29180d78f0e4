import { availableParallelism } from "node:os"
import { isAbsolute, join } from "node:path"
import { Config, ConfigProvider, Duration, Effect, Option, Redacted } from "effect"
import { usualCaches } from "../services/Sandbox/cacheFolder.ts"
import type { GitSettings } from "./exportGit/settings.ts"
import { type TracesSettings, tracesFrom } from "./traces/settings.ts"

/** Everything that comes from outside a request: where the log is, endpoints and keys, how much runs at once. */
export interface Configuration {
  /** The log's file. */
  readonly database: string
  /** Whether the log may lie on a network file system, where its locks may not reach every writer. */
  readonly allowNetworkFileSystem?: boolean
  readonly openai: {
    readonly apiKey: Option.Option<Redacted.Redacted<string>>
    readonly baseURL: Option.Option<string>
    readonly organization: Option.Option<string>
  }
  readonly ollamaHost: string
  /** How long an endpoint may give no byte. */
  readonly silence: Duration.Duration
  /** Folder with official data files. */
  readonly data: string | undefined
  /** Requests to models at the same time; it shapes no search. */
  readonly concurrency: number
  /** Programs that run at the same time. */
  readonly executions: number
  /** Room in each inbox of the ring, for each run. */
  readonly capacity: number
  /** Whether programs may run unconfined where no sandbox can be had. */
  readonly unconfined: boolean
  /** The way to confine programs that the user insists on; undefined for the best that there is. */
  readonly sandbox?: string | undefined
  /** The file with the evaluations of earlier runs; undefined for none. */
  readonly cache: string | undefined
  /** Where attempts go while runs go on; nowhere when undefined. */
  readonly git?: GitSettings | undefined
  /** Where traces go while runs go on; nowhere when undefined. */
  readonly traces?: TracesSettings | undefined
  /** Where metrics go while runs go on; nowhere when undefined. */
  readonly wandb?: WandbConfiguration | undefined
  /** Where tool chains are looked for; no program sees it. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Weights & Biases: the project there, and how its Python client is reached and told where to send. */
export interface WandbConfiguration {
  readonly project: string
  readonly python: string
  readonly apiKey: Option.Option<Redacted.Redacted<string>>
  readonly baseUrl: Option.Option<string>
}

export const defaultConcurrency = 8
/** More requests at once than any endpoint serves; the inboxes of the ring grow with it. */
export const mostConcurrency = 256

const named = (name: string) =>
  Config.option(Config.string(name)).pipe(Config.map(Option.filter((value) => value.trim() !== "")))

const secret = (name: string) =>
  Config.map(
    named(name),
    Option.map((value) => Redacted.make(value))
  )

const variables = Config.all({
  database: named("SEIDR_DB"),
  networkLog: named("SEIDR_NETWORK_LOG"),
  apiKey: secret("OPENAI_API_KEY"),
  baseUrl: named("OPENAI_BASE_URL"),
  apiBase: named("OPENAI_API_BASE"),
  organization: named("OPENAI_ORG"),
  ollamaHost: named("OLLAMA_HOST"),
  data: named("SEIDR_DATA"),
  dataPath: named("DATA_PATH"),
  sandbox: named("SEIDR_SANDBOX"),
  cache: named("SEIDR_CACHE"),
  cacheHome: named("XDG_CACHE_HOME"),
  home: named("HOME"),
  wandbKey: secret("WANDB_API_KEY"),
  wandbUrl: named("WANDB_BASE_URL"),
  wandbMode: named("WANDB_MODE"),
  wandbPython: named("SEIDR_WANDB_PYTHON")
})

/** Reads the environment, once; `given` are the user's flags, which win. */
export const configurationFrom = (
  environment: Readonly<Record<string, string | undefined>>,
  given: {
    readonly database?: string | undefined
    readonly ollamaHost?: string | undefined
    readonly data?: string | undefined
    readonly silenceMs?: number | undefined
    readonly concurrency?: number | undefined
    readonly unconfined?: boolean | undefined
    readonly noCache?: boolean | undefined
    /** The project at Weights & Biases. */
    readonly wandb?: string | undefined
  }
): Effect.Effect<Configuration> =>
  Effect.map(Effect.orDie(Effect.withConfigProvider(variables, providerOf(environment))), (found) => {
    const concurrency = Math.max(
      1,
      Math.min(Math.trunc(given.concurrency ?? defaultConcurrency), mostConcurrency)
    )
    return {
      database: given.database ?? Option.getOrElse(found.database, () => "seidr.db"),
      allowNetworkFileSystem: Option.contains(found.networkLog, "allow"),
      openai: {
        apiKey: found.apiKey,
        baseURL: Option.orElse(found.baseUrl, () => found.apiBase),
        organization: found.organization
      },
      ollamaHost: given.ollamaHost ?? Option.getOrElse(found.ollamaHost, () => "http://localhost:11434"),
      silence: Duration.millis(given.silenceMs ?? 25_000),
      data: given.data ?? Option.getOrUndefined(Option.orElse(found.data, () => found.dataPath)),
      concurrency,
      executions: Math.max(1, Math.min(concurrency, availableParallelism())),
      capacity: concurrency,
      unconfined: given.unconfined ?? false,
      sandbox: Option.getOrUndefined(found.sandbox),
      cache: given.noCache ? undefined : cacheFile(found),
      traces: tracesFrom(environment),
      wandb:
        given.wandb === undefined || Option.contains(found.wandbMode, "disabled")
          ? undefined
          : {
              project: given.wandb,
              python: Option.getOrElse(found.wandbPython, () => "python3"),
              apiKey: found.wandbKey,
              baseUrl: found.wandbUrl
            },
      environment
    }
  })

/** `SEIDR_CACHE` names the file, or `none`; otherwise it is in the user's folder for what can be made again. */
const cacheFile = ({
  cache,
  cacheHome,
  home
}: Readonly<Record<"cache" | "cacheHome" | "home", Option.Option<string>>>): string | undefined => {
  if (Option.isSome(cache)) return cache.value === "none" ? undefined : cache.value
  return Option.filter(cacheHome, isAbsolute).pipe(
    Option.orElse(() => Option.map(home, (folder) => join(folder, usualCaches))),
    Option.map((folder) => join(folder, "seidr", "evaluations.db")),
    Option.getOrUndefined
  )
}

const providerOf = (
  environment: Readonly<Record<string, string | undefined>>
): ConfigProvider.ConfigProvider =>
  ConfigProvider.fromMap(
    new Map(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined))
  )

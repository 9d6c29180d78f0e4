import { Either, Option } from "effect"
import { countUpTo, flag, type Reader } from "../options.ts"
import { machineOptions } from "../solve.ts"

const matching =
  (pattern: RegExp, expected: string): Reader<string> =>
  (given) =>
    pattern.test(given) ? Either.right(given) : Either.left(expected)

const name = matching(/^[^\s\p{C}]+$/u, "a name without spaces")

/** What a task asks of the cluster, by the names and in the spelling of `sbatch`. */
export const resourceOptions = {
  cpusPerTask: flag("cpus-per-task", "N", countUpTo(1024), "processors for each task; default 2"),
  partition: flag("partition", "NAME", name, "where tasks run; default the cluster's"),
  account: flag("account", "NAME", name, "who is charged; default the cluster's"),
  time: flag(
    "time",
    "TIME",
    matching(
      /^(?:(?:\d{1,6}-)?\d{1,6}(?::\d{1,2}){0,2}|unlimited|infinite)$/i,
      "a time as sbatch takes it, such as 90 (minutes), 1:30:00 or 2-12"
    ),
    "how long a task may run, as sbatch takes it; default the partition's"
  ),
  mem: flag(
    "mem",
    "SIZE",
    matching(/^\d{1,9}[KMGT]?$/i, "a size as sbatch takes it, such as 4G or 512M"),
    "memory of a task, as sbatch takes it; default the cluster's"
  ),
  sbatch: flag(
    "sbatch",
    "FLAGS",
    matching(/^-[^\p{Cc}]+$/u, "flags of sbatch on one line, as --sbatch=--gres=gpu:1"),
    'any other flags of sbatch, as --sbatch="--qos=low --mail-type=END"'
  )
}

/** What every task hands on to `seidr experiment`. */
export const taskOptions = {
  concurrency: machineOptions.concurrency,
  data: machineOptions.data,
  modelTimeout: machineOptions.modelTimeout,
  ollamaUrl: machineOptions.ollamaUrl,
  noCache: machineOptions.noCache,
  unconfined: machineOptions.unconfined
}

export interface TaskFlags {
  readonly name: Option.Option<string>
  readonly concurrency: Option.Option<number>
  readonly data: Option.Option<string>
  readonly modelTimeout: Option.Option<number>
  readonly ollamaUrl: Option.Option<string>
  readonly noCache: boolean
  readonly unconfined: boolean
}

/** The same as words of a command line. */
export const taskWords = (flags: TaskFlags): ReadonlyArray<string> => {
  const given = (name: string, value: Option.Option<string | number>, unit = "") =>
    Option.match(value, { onNone: () => [], onSome: (some) => [`--${name}=${some}${unit}`] })
  return [
    ...given("name", flags.name),
    ...given("concurrency", flags.concurrency),
    ...given("data", flags.data),
    ...given("model-timeout", flags.modelTimeout, "ms"),
    ...given("ollama-url", flags.ollamaUrl),
    ...(flags.noCache ? ["--no-cache"] : []),
    ...(flags.unconfined ? ["--unconfined"] : [])
  ]
}

import { Effect, Option, Record } from "effect"
import { formats } from "../../services/EventLog/tables/format.ts"
import { LogExport, tableNames } from "../../services/LogExport.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { configurationFrom } from "../configuration.ts"
import { layerExport } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { exportToGit } from "./exportToGit.ts"
import { exportToWandb } from "./exportToWandb.ts"
import { argumentsOf, choice, database, flag, json, projectName, text } from "./options.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"

const formatNames = Record.keys(formats)

export const exportCommand = command(
  {
    name: "export",
    about:
      "write runs to an archive for another log, as tables for analysis, as commits (`export git`) or to Weights & Biases (`export wandb`)"
  },
  {
    runs: argumentsOf(
      "RUN",
      "runs, by id, prefix of the id, or label; default all. The word git before them writes commits, wandb sends metrics",
      false
    ),
    out: flag(
      "out",
      "FILE",
      text,
      "where to; no file is replaced. Tables go to a folder, --table to a file, git to a bare repository"
    ),
    gitRemote: flag("git-remote", "URL", text, "of git: where branches are pushed to; default GIT_REMOTE"),
    wandb: flag(
      "wandb",
      "PROJECT",
      projectName,
      "the project of Weights & Biases that runs are sent to; of git: to which the commits point, with WANDB_ENTITY"
    ),
    format: flag(
      "format",
      "FORMAT",
      choice("archive", ...formatNames),
      `archive (default), or tables as ${formatNames.join(", ")}`
    ),
    table: flag("table", "NAME", choice(...tableNames), `one table only: ${tableNames.join(", ")}`),
    database,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database),
        wandb: Option.getOrUndefined(flags.wandb)
      })
      const [first, ...others] = flags.runs
      if (first === "git") {
        const misplaced = (["format", "table"] as const).find((name) => Option.isSome(flags[name]))
        if (misplaced !== undefined)
          return yield* new UsageInvalid({ reason: `export git does not take --${misplaced}` })
        const { json, out } = flags
        return yield* exportToGit({ runs: others, remote: flags.gitRemote, out, json }, configuration)
      }
      if (first === "wandb") {
        const misplaced = (["format", "table", "out", "gitRemote"] as const).find((name) =>
          Option.isSome(flags[name])
        )
        if (misplaced !== undefined) {
          const name = misplaced === "gitRemote" ? "git-remote" : misplaced
          return yield* new UsageInvalid({ reason: `export wandb does not take --${name}` })
        }
        return yield* exportToWandb({ runs: others, json: flags.json }, configuration)
      }
      if (Option.isSome(flags.wandb)) {
        return yield* new UsageInvalid({
          reason: "--wandb is a flag of `seidr export wandb` and `seidr export git`"
        })
      }
      if (Option.isSome(flags.gitRemote)) {
        return yield* new UsageInvalid({ reason: "--git-remote is a flag of `seidr export git` only" })
      }
      const out = Option.getOrUndefined(flags.out)
      if (out === undefined) {
        return yield* new UsageInvalid({
          reason: "export needs --out FILE; usage: seidr export [RUN...] --out FILE"
        })
      }
      const format = Option.getOrElse(flags.format, () => "archive" as const)
      if (format === "archive" && Option.isSome(flags.table)) {
        return yield* new UsageInvalid({
          reason: `export --table needs --format, one of ${formatNames.join(", ")}`
        })
      }
      yield* Effect.gen(function* () {
        const catalogue = yield* RunCatalogue
        const log = yield* LogExport
        const named = yield* Effect.forEach(flags.runs, (name) =>
          Effect.map(catalogue.find(name), ({ runId }) => runId)
        )
        const runs = named.length === 0 ? undefined : named
        if (format !== "archive") {
          const table = Option.getOrUndefined(flags.table)
          const files = yield* log.tables({ runs, format, table, out })
          if (flags.json) return yield* screen.json({ format, files })
          for (const { file, rows } of files) yield* screen.print(`${file}: ${rows} rows`)
          return
        }
        const exported = yield* log.archive(runs, out)
        if (flags.json) return yield* screen.json({ format, file: out, ...exported })
        const { heads, events, texts, bytes } = exported
        for (const { run, pos, hash } of heads) yield* screen.print(`${run}  ${pos}:${hash}`)
        yield* screen.print(`${out}: ${heads.length} runs, ${events} events, ${texts} texts, ${bytes} bytes`)
      }).pipe(Effect.provide(layerExport(configuration)))
    })
)

import { FileSystem, Path } from "@effect/platform"
import { Effect, Either, Option } from "effect"
import { arrayRangeText } from "../../domain/slurm/arrayRange.ts"
import { arrayScript, mergeCommand, plainName } from "../../domain/slurm/script.ts"
import { Slurm } from "../../services/Slurm.ts"
import { configurationFrom } from "../configuration.ts"
import { readTable } from "../experiment/table.ts"
import { layerSlurm } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { checkedRows, refuseUnless } from "./experiment/checkedRows.ts"
import { knownColumns } from "./experiment/rowOptions.ts"
import { argument, count, countOrZero, flag, json, or, text, toggle } from "./options.ts"
import { program } from "./program.ts"
import { FileUnusable } from "./readProgram.ts"
import { Screen } from "./Screen.ts"
import { resourceOptions, taskOptions, taskWords } from "./slurm/flags.ts"
import { indicesFor } from "./slurm/indices.ts"
import { UsageInvalid } from "./usage.ts"

export const slurmCommand = command(
  {
    name: "slurm",
    about: "write a Slurm array script that runs the rows of a table, each in a log of its own; or submit it",
    refuses: { db: "each task has a log of its own in --logs; `seidr merge` makes one of them" }
  },
  {
    table: argument("TABLE", "a CSV file, as of `seidr experiment`"),
    array: flag(
      "array",
      "RANGE",
      text,
      "indices as Slurm writes them, as 1-500%20, or only %20; default all rows, all at once"
    ),
    offset: flag("offset", "N", countOrZero, "task_id is the index plus this; default 0"),
    logs: flag("logs", "FOLDER", text, "where tasks bring their logs; default TABLE-logs here"),
    out: flag("out", "FILE", text, "write the script to this file instead of standard output"),
    submit: toggle("submit", "hand it to sbatch"),
    ...resourceOptions,
    restarts: flag(
      "restarts",
      "N",
      count,
      "how often a task whose time is over puts itself into the queue again; default 0"
    ),
    failUnsolved: toggle("fail-unsolved", "let a task whose row was not solved end with status 1, not 0"),
    name: flag("name", "NAME", text, "what the runs' labels begin with; default the table's file name"),
    keepGoing: toggle("keep-going", "run the rows that are fine, although others are not"),
    ...taskOptions,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const paths = yield* Path.Path
      const given = Option.map(flags.data, (folder) => paths.resolve(folder))
      const { data } = yield* configurationFrom(environment, { data: Option.getOrUndefined(given) })
      const table = yield* readTable(flags.table, knownColumns)
      const name = or(flags.name, table.name)
      const { faults, rows } = yield* checkedRows(table, undefined, name, data)
      yield* refuseUnless(faults.length === 0 || flags.keepGoing, table.file, faults)
      for (const fault of faults) yield* screen.note(`${table.file}: ${fault}`)
      const offset = or(flags.offset, 0)
      const array = yield* Either.mapLeft(
        indicesFor(table, rows, Option.getOrUndefined(flags.array), offset),
        (reason) => new UsageInvalid({ reason })
      )
      const logs = yield* logsFolder(or(flags.logs, `${plainName(name)}-logs`))
      const plan = {
        name,
        array,
        offset,
        resources: {
          cpusPerTask: or(flags.cpusPerTask, 2),
          partition: Option.getOrUndefined(flags.partition),
          account: Option.getOrUndefined(flags.account),
          time: Option.getOrUndefined(flags.time),
          mem: Option.getOrUndefined(flags.mem),
          others: Option.getOrUndefined(flags.sbatch)
        },
        restarts: or(flags.restarts, 0),
        failUnsolved: flags.failUnsolved,
        folder: paths.resolve("."),
        table: paths.resolve(flags.table),
        logs,
        node: program.node,
        seidr: program.file,
        flags: taskWords({ ...flags, data: given })
      }
      const script = arrayScript(plan)
      const file = Option.getOrUndefined(flags.out)
      if (file !== undefined) yield* writeScript(file, script)
      const job = flags.submit
        ? yield* Effect.flatMap(Slurm, ({ submit }) =>
            submit(file === undefined ? { text: script } : { file })
          ).pipe(Effect.provide(layerSlurm(environment)))
        : null
      const merge = mergeCommand(plan)
      const indices = arrayRangeText(array)
      const tasks = array.indices.length
      if (flags.json) {
        return yield* screen.json({ job, file: file ?? null, tasks, array: indices, logs, merge, script })
      }
      if (job !== null) yield* screen.print(`job ${job}: ${tasks} tasks (${indices})`)
      else if (file === undefined) yield* screen.raw(script)
      else yield* screen.print(`${file}: ${tasks} tasks (${indices}); \`sbatch ${file}\` submits them`)
      yield* screen.note(`When they are done: ${merge}`)
    })
)

/** The folder is made here: Slurm itself makes none for what a task says, and without it no task begins. */
const logsFolder = Effect.fn("slurm.logsFolder")(function* (named: string) {
  const folder = (yield* Path.Path).resolve(named)
  const unusable = (reason: string) => new FileUnusable({ flag: "logs", file: named, reason })
  if (/[\p{Cc}\\]/u.test(folder)) {
    return yield* unusable(
      `Slurm takes no line ends and backslashes in the path of a file (${JSON.stringify(folder)})`
    )
  }
  const files = yield* FileSystem.FileSystem
  yield* files.makeDirectory(folder, { recursive: true }).pipe(
    Effect.zipRight(files.access(folder, { writable: true })),
    Effect.mapError(({ message }) => unusable(message))
  )
  return folder
})

const writeScript = Effect.fn("slurm.writeScript")(function* (file: string, script: string) {
  const files = yield* FileSystem.FileSystem
  yield* files
    .writeFileString(file, script, { flag: "wx", mode: 0o755 })
    .pipe(Effect.mapError(({ message }) => new FileUnusable({ flag: "out", file, reason: message })))
})

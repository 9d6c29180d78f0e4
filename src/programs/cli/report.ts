import { FileSystem, Path } from "@effect/platform"
import { Effect, Option, Stream } from "effect"
import { configurationFrom } from "../configuration.ts"
import { isTable } from "../experiment/runsNamed.ts"
import { layerReport } from "../layers.ts"
import { reportMark } from "../report/html.ts"
import { readPublished } from "../report/published.ts"
import { report } from "../report/report.ts"
import { measuringOptions, measuringOptionsOf } from "./analyse.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { namedRunOptions, namedRuns } from "./namedRuns.ts"
import { database, flag, json, requiredFlag, text } from "./options.ts"
import { FileUnusable } from "./readProgram.ts"
import { Screen } from "./Screen.ts"

export const reportCommand = command(
  { name: "report", about: "write a page with tables and figures on runs: one file, for screen and paper" },
  {
    ...namedRunOptions,
    out: requiredFlag("out", "FILE", text, "the page; an earlier report there is replaced, no other file is"),
    figures: flag("figures", "FOLDER", text, "write the figures there too, as SVG with their data as CSV"),
    published: flag(
      "published",
      "FILE",
      text,
      "published results to set beside ours: CSV of problem, source, result, and language where it matters"
    ),
    title: flag("title", "TEXT", text, "of the page; default from the tables or runs that are named"),
    ...measuringOptions,
    database,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const options = yield* measuringOptionsOf(flags)
      const file = Option.getOrUndefined(flags.published)
      const published =
        file === undefined
          ? []
          : yield* Effect.mapError(
              readPublished(file),
              (reason) => new FileUnusable({ flag: "published", file, reason })
            )
      yield* checkReplaceable(flags.out)
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      const made = yield* Effect.gen(function* () {
        const { absent, runs } = yield* namedRuns(flags.runs, flags.name)
        const title = Option.getOrElse(flags.title, () => titleOf(flags.runs, flags.name))
        const made = yield* report(runs, { ...options, absent, published, title })
        return { ...made, absent }
      }).pipe(Effect.provide(layerReport(configuration)))
      yield* write("out", flags.out, made.html)
      const folder = Option.getOrUndefined(flags.figures)
      if (folder !== undefined) yield* writeFigures(folder, made.files)
      const bytes = Buffer.byteLength(made.html)
      if (flags.json) {
        return yield* screen.json({
          out: flags.out,
          bytes,
          runs: made.runs,
          unfinished: made.unfinished,
          absent: made.absent,
          sections: made.page.sections.map(({ id }) => id),
          figures: folder === undefined ? null : { folder, files: made.files.map(({ name }) => name) }
        })
      }
      yield* screen.print(`${flags.out}: ${made.runs} runs, ${(bytes / 1e6).toFixed(1)} MB`)
      if (folder !== undefined) yield* screen.print(`${folder}: ${made.files.length} files`)
    })
)

/** `grid`, of `grid.csv`; else what is named, as far as it is short. */
const titleOf = (runs: ReadonlyArray<string>, name: Option.Option<string>): string => {
  if (Option.isSome(name)) return `Report on ${name.value}`
  const names = runs.map((run) => (isTable(run) ? (run.split(/[/\\]/).at(-1) ?? run).slice(0, -4) : run))
  return names.length === 0 || names.length > 3 ? "Report on a log" : `Report on ${names.join(", ")}`
}

/** A report may take the place of an earlier one, and of nothing else. */
const checkReplaceable = Effect.fn("report.checkReplaceable")(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const there = yield* Effect.option(files.stat(file))
  if (Option.isNone(there)) return
  const begins =
    there.value.type === "File" &&
    (yield* files.stream(file, { bytesToRead: reportMark.length }).pipe(
      Stream.decodeText(),
      Stream.mkString,
      Effect.map((beginning) => beginning === reportMark),
      Effect.orElseSucceed(() => false)
    ))
  if (!begins) {
    return yield* new FileUnusable({ flag: "out", file, reason: "it is there already, and is no report" })
  }
})

const write = Effect.fn("report.write")(function* (name: string, file: string, content: string) {
  const files = yield* FileSystem.FileSystem
  yield* Effect.mapError(
    files.writeFileString(file, content),
    (error) => new FileUnusable({ flag: name, file, reason: `it cannot be written (${error.message})` })
  )
})

const writeFigures = Effect.fn("report.writeFigures")(function* (
  folder: string,
  made: ReadonlyArray<{ readonly name: string; readonly content: string }>
) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  yield* Effect.mapError(
    files.makeDirectory(folder, { recursive: true }),
    (error) =>
      new FileUnusable({ flag: "figures", file: folder, reason: `it cannot be made (${error.message})` })
  )
  for (const { content, name } of made) yield* write("figures", path.join(folder, name), content)
})

import { Effect, Either, Option } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { sizeText } from "../../domain/units.ts"
import { type Compacted, LogCompaction } from "../../services/LogCompaction.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { configurationFrom } from "../configuration.ts"
import { layerCompaction } from "../layers.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { database, flag, json, or, text, toggle } from "./options.ts"
import { requireLog } from "./reader.ts"
import { Screen } from "./Screen.ts"

const list = (value: string): Either.Either<ReadonlyArray<string>, string> => {
  const names = value.split(",").map((name) => name.trim())
  return names.includes("") ? Either.left("names with commas between them") : Either.right(names)
}

const hashes = (value: string): Either.Either<ReadonlyArray<string>, string> =>
  Either.filterOrLeft(
    Either.mapLeft(list(value), () => "hashes with commas between them"),
    (refs) => refs.every((ref) => /^[0-9a-f]{64}$/.test(ref)),
    () => "hashes of texts: 64 digits from 0 to f each, with commas between them"
  )

export const compactCommand = command(
  { name: "compact", about: "make a log smaller: drop runs, take texts out, pack its pages" },
  {
    drop: flag("drop", "RUNS", list, "runs that shall go (RUN,RUN…); one with forks only together with them"),
    redact: flag("redact", "RUNS", list, "runs whose prompts, answers, programs and outputs shall go"),
    texts: flag("redact-text", "HASHES", hashes, "texts that shall go, wherever they are named"),
    out: flag("out", "FILE", text, "write the smaller log there, and leave this one as it is"),
    isTrial: toggle("dry-run", "make and check the smaller log, tell of it, and throw it away"),
    database,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      yield* requireLog(configuration)
      const compacted = yield* Effect.gen(function* () {
        const { find } = yield* RunCatalogue
        const named = (names: Option.Option<ReadonlyArray<string>>) =>
          Effect.forEach(or(names, []), (name) => Effect.map(find(name), ({ runId }) => runId))
        const removal = {
          drop: yield* named(flags.drop),
          redact: yield* named(flags.redact),
          texts: or(flags.texts, [])
        }
        return yield* (yield* LogCompaction).compact(removal, {
          out: Option.getOrUndefined(flags.out),
          isTrial: flags.isTrial,
          observe: (stage) => screen.status(stage)
        })
      }).pipe(Effect.provide(layerCompaction(configuration)))
      if (flags.json) return yield* screen.json(compacted)
      const verb = flags.isTrial ? "would leave" : "left"
      const where = Option.isSome(flags.out) && !flags.isTrial ? ` in ${printableLine(flags.out.value)}` : ""
      yield* screen.print(`${verb} ${saying(compacted)}${where}`)
      if (compacted.texts.shared > 0)
        yield* screen.note(
          `${compacted.texts.shared} texts were not redacted, since other runs name or inherit them`
        )
      if (compacted.isHeldByReader)
        yield* screen.note(
          "Another process is reading the log: what was removed leaves the disk when that has ended and the log is compacted again"
        )
    })
)

const saying = ({ runs, events, texts, before, after }: Compacted): string => {
  const allTexts = texts.kept + texts.dropped + texts.redacted
  const redacted = texts.redacted === 0 ? "" : ` (${texts.redacted} redacted)`
  return [
    `${runs.kept} of ${runs.kept + runs.dropped} runs`,
    `${events.kept} of ${events.kept + events.dropped} events`,
    `${texts.kept} of ${allTexts} texts${redacted}: ${sizeText(after)} of ${sizeText(before)}`
  ].join(", ")
}

import { Effect, Either, Layer, Option } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { configurationFrom } from "../configuration.ts"
import { layerAudit, layerLogReader } from "../layers.ts"
import { type Expected, verify } from "../verify/verify.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { Concluded, exitStatus } from "./failure.ts"
import { database, flag, json, optionalArgument } from "./options.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"

const head = (value: string): Either.Either<Expected, string> => {
  const parts = /^(\d{1,12}):([0-9a-f]{64})$/.exec(value)
  return parts === null
    ? Either.left("a head as verify prints it: POSITION:HASH")
    : Either.right({ pos: Number(parts[1]), hash: parts[2]! })
}

export const verifyCommand = command(
  {
    name: "verify",
    about: "look whether a log, or one of its runs, is what was written; it repairs nothing",
    exits: "0 intact, 1 damaged or diverging"
  },
  {
    run: optionalArgument("RUN", "a run; default all"),
    expect: flag(
      "expect",
      "HEAD",
      head,
      "a head that was noted before (POSITION:HASH), which the run has to have"
    ),
    database,
    json
  },
  (flags) =>
    Effect.gen(function* () {
      const screen = yield* Screen
      if (Option.isSome(flags.expect) && Option.isNone(flags.run)) {
        return yield* new UsageInvalid({ reason: "verify --expect needs RUN: a head is that of one run" })
      }
      const configuration = yield* configurationFrom(environment, {
        database: Option.getOrUndefined(flags.database)
      })
      const { heads, events, texts, redacted, findings } = yield* Effect.gen(function* () {
        const catalogue = yield* RunCatalogue
        const only = Option.isSome(flags.run) ? (yield* catalogue.find(flags.run.value)).runId : undefined
        return yield* verify(only, Option.getOrUndefined(flags.expect))
      }).pipe(Effect.provide(Layer.merge(layerLogReader(configuration), layerAudit(configuration))))
      if (flags.json) {
        yield* screen.json({ intact: findings.length === 0, events, texts, redacted, heads, findings })
      } else {
        for (const { run, pos, hash } of heads) yield* screen.print(`${run}  ${pos}:${hash}`)
        for (const { run, pos, what } of findings) {
          const where = [run ?? "the file", ...(pos === null ? [] : [`position ${pos}`])].join(", ")
          yield* screen.print(screen.paint("red", `${where}: ${printableLine(what)}`))
        }
        yield* screen.print(
          findings.length === 0
            ? `intact: ${heads.length} runs, ${events} events, ${texts} texts${redacted === 0 ? "" : `, ${redacted} more redacted`}`
            : `${findings.length} findings in ${heads.length} runs, ${events} events, ${texts} texts`
        )
      }
      if (findings.length > 0) return yield* Effect.fail(new Concluded(exitStatus.notAll))
    })
)

import { type CliApp, CliConfig, Command } from "@effect/cli"
import { Effect, Either } from "effect"
import { version } from "../version.ts"
import { analyseCommand } from "./analyse.ts"
import { type Line, readLine } from "./argv.ts"
import { backupCommand } from "./backup.ts"
import { compactCommand } from "./compact.ts"
import { datasetCommand } from "./dataset.ts"
import { diffCommand } from "./diff.ts"
import { doctorCommand } from "./doctor.ts"
import { executeCommand } from "./execute.ts"
import { experimentCommand } from "./experiment.ts"
import { exportCommand } from "./export.ts"
import { forkCommand } from "./fork.ts"
import { commandHelp, programHelp } from "./help.ts"
import { importCommand } from "./import.ts"
import { mergeCommand } from "./merge.ts"
import { parserWords } from "./parserWords.ts"
import { problemsCommand } from "./problems.ts"
import { rebuildCommand } from "./rebuild.ts"
import { replayCommand } from "./replay.ts"
import { reportCommand } from "./report.ts"
import { resumeCommand } from "./resume.ts"
import { runsCommand } from "./runs.ts"
import { Screen } from "./Screen.ts"
import { showCommand } from "./show.ts"
import { slurmCommand } from "./slurm.ts"
import { solveCommand } from "./solve.ts"
import { commonFlags } from "./speech.ts"
import { stopCommand } from "./stop.ts"
import { tailCommand } from "./tail.ts"
import { treeCommand } from "./tree.ts"
import { checkLine, commandOf, UsageInvalid } from "./usage.ts"
import { verifyCommand } from "./verify.ts"

/** The command line: one file per subcommand, one line here and one below. */
const commands = [
  solveCommand,
  resumeCommand,
  replayCommand,
  forkCommand,
  executeCommand,
  experimentCommand,
  slurmCommand,
  runsCommand,
  showCommand,
  treeCommand,
  diffCommand,
  tailCommand,
  stopCommand,
  verifyCommand,
  rebuildCommand,
  backupCommand,
  exportCommand,
  importCommand,
  mergeCommand,
  analyseCommand,
  reportCommand,
  compactCommand,
  problemsCommand,
  datasetCommand,
  doctorCommand
] as const

const specs = commands.map(({ spec }) => ({ ...spec, flags: [...spec.flags, ...commonFlags] }))

const parse = Command.run(
  Command.make("seidr").pipe(
    Command.withSubcommands([
      solveCommand.parsed,
      resumeCommand.parsed,
      replayCommand.parsed,
      forkCommand.parsed,
      executeCommand.parsed,
      experimentCommand.parsed,
      slurmCommand.parsed,
      runsCommand.parsed,
      showCommand.parsed,
      treeCommand.parsed,
      diffCommand.parsed,
      tailCommand.parsed,
      stopCommand.parsed,
      verifyCommand.parsed,
      rebuildCommand.parsed,
      backupCommand.parsed,
      exportCommand.parsed,
      importCommand.parsed,
      mergeCommand.parsed,
      analyseCommand.parsed,
      reportCommand.parsed,
      compactCommand.parsed,
      problemsCommand.parsed,
      datasetCommand.parsed,
      doctorCommand.parsed
    ])
  ),
  { name: "seidr", version }
)

/** A command line (without the names of interpreter and script) as flags and arguments. */
export const readCommandLine = (argv: ReadonlyArray<string>): Either.Either<Line, string> =>
  readLine(
    argv,
    specs.flatMap(({ flags }) => flags)
  )

/** Runs a command line that has been read; what its errors mean is for `endingOf` to say. */
export const runCommandLine = (
  line: Line
): Effect.Effect<void, unknown, CliApp.CliApp.Environment | Screen> =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { command, flags, args } = line
    if (flags.has("version")) return yield* screen.print(`seidr ${version}`)
    const asked = command === "help" ? args[0] : command
    if (flags.has("help") || command === "help" || (command === undefined && flags.size === 0)) {
      if (asked === undefined) return yield* screen.print(programHelp(specs, commonFlags, screen.width))
      const spec = yield* refusing(commandOf(asked, specs))
      return yield* screen.print(commandHelp(spec, commonFlags, screen.width))
    }
    yield* refusing(checkLine(line, specs))
    const own = new Map([...flags].filter(([name]) => commonFlags.every((flag) => flag.name !== name)))
    yield* parse(["node", "seidr", ...parserWords({ command, flags: own, args })]).pipe(
      Effect.provide(
        CliConfig.layer({
          isCaseSensitive: true,
          autoCorrectLimit: 0,
          showBuiltIns: false,
          finalCheckBuiltIn: true
        })
      )
    )
  })

const refusing = <A>(checked: Either.Either<A, string>): Effect.Effect<A, UsageInvalid> =>
  Either.mapLeft(checked, (reason) => new UsageInvalid({ reason }))

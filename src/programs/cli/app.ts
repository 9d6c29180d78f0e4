import { type CliApp, CliConfig, Command } from "@effect/cli"
import { Effect } from "effect"
import { version } from "../version.ts"
import { translate } from "./argv.ts"
import { doctorCommand } from "./doctor.ts"
import { executeCommand } from "./execute.ts"
import { problemsCommand } from "./problems.ts"
import { replayCommand } from "./replay.ts"
import { resumeCommand } from "./resume.ts"
import { runsCommand } from "./runs.ts"
import type { Screen } from "./Screen.ts"
import { showCommand } from "./show.ts"
import { solveCommand } from "./solve.ts"
import { stopCommand } from "./stop.ts"
import { tailCommand } from "./tail.ts"
import { treeCommand } from "./tree.ts"

/** The command line: one file per subcommand, one line here. */
const seidr = Command.make("seidr").pipe(
  Command.withDescription("Writes programs by search; every step is an event in a log"),
  Command.withSubcommands([
    solveCommand,
    resumeCommand,
    replayCommand,
    executeCommand,
    runsCommand,
    showCommand,
    treeCommand,
    tailCommand,
    stopCommand,
    problemsCommand,
    doctorCommand
  ])
)

const parse = Command.run(seidr, { name: "seidr", version })

/** Runs a command line (without the names of interpreter and script); what its errors mean is for `endingOf` to say. */
export const runCommandLine = (
  argv: ReadonlyArray<string>
): Effect.Effect<void, unknown, CliApp.CliApp.Environment | Screen> => {
  const words = translate(argv)
  return parse(["node", "seidr", ...(words.length === 0 ? ["--help"] : words)]).pipe(
    Effect.provide(CliConfig.layer({ showBuiltIns: false, finalCheckBuiltIn: true }))
  )
}

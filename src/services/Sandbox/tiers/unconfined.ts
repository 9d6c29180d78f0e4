import { Effect } from "effect"
import { type Confinement, started, usualDiskBytes, workFolder } from "../confinement.ts"
import type { PythonInstallation } from "../pythonInstallation.ts"
import { runnerCommand } from "../runner.ts"

/** Runners that only have limits, and a folder that is removed afterwards. */
export const unconfined = (python: PythonInstallation): Confinement => ({
  start: (toolchain) =>
    Effect.flatMap(workFolder(python), (work) =>
      started({
        python,
        toolchain,
        command: runnerCommand(python),
        work,
        diskBytes: usualDiskBytes,
        gentle: true,
        confinement: { kind: "unconfined" }
      })
    )
})

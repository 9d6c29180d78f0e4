import { type Confinement, headersPlace, inodes, started, usualDiskBytes } from "../confinement.ts"
import type { PythonInstallation } from "../pythonInstallation.ts"
import { runnerCommand } from "../runner.ts"
import { viewsOf } from "../views.ts"

/** Runners in namespaces of their own, made by themselves: they need no set-up and no privilege. */
export const userNamespaces = (python: PythonInstallation): Confinement => ({
  start: (toolchain, diskBytes = usualDiskBytes) =>
    started({
      python,
      toolchain,
      command: runnerCommand(python),
      work: "/tmp",
      diskBytes,
      gentle: false,
      confinement: {
        kind: "namespaces",
        ...viewsOf(python, toolchain),
        placed: toolchain.headers === undefined ? [] : [[toolchain.headers, headersPlace]],
        diskBytes,
        inodes
      }
    })
})

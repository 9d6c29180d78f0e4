import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { outputOf } from "./host.ts"
import type { PythonInstallation } from "./pythonInstallation.ts"
import { runnerFolder } from "./runner.ts"

/** Has the interpreter compile the runner's modules, where they can be kept, unless they are: that halves its start. */
export const keepCompiled = ({ executable, version }: PythonInstallation): Effect.Effect<void> =>
  Effect.suspend(() => {
    const tag = `cpython-${/(\d+)\.(\d+)/.exec(version)?.slice(1).join("")}`
    const isKept = readdirSync(runnerFolder)
      .filter((name) => name.endsWith(".py") && !startedAlone.has(name))
      .every((name) => {
        const kept = changed(join(runnerFolder, "__pycache__", name.replace(/py$/, `${tag}.pyc`)))
        return kept !== undefined && kept >= changed(join(runnerFolder, name))!
      })
    if (isKept) return Effect.void
    return Effect.asVoid(outputOf(executable, ["-S", "-s", "-m", "compileall", "-q", runnerFolder], {}))
  })

/** What is no module of another. */
const startedAlone = new Set(["runner.py", "canary.py"])

const changed = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs

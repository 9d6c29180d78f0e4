import { existsSync, realpathSync } from "node:fs"
import { Effect } from "effect"
import { type Confinement, started, usualDiskBytes, workFolder } from "../confinement.ts"
import type { PythonInstallation } from "../pythonInstallation.ts"
import { runnerCommand, runnerFolder } from "../runner.ts"
import { viewsOf } from "../views.ts"

export const sandboxExecFile = "/usr/bin/sandbox-exec"
const system = [
  "/usr",
  "/bin",
  "/sbin",
  "/System",
  "/Library",
  "/private/var/db/dyld",
  "/private/var/db/timezone"
]
const devices = ["null", "zero", "urandom", "random"]

/** Runners under a profile of macOS's own sandbox. */
export const sandboxExec = (python: PythonInstallation): Confinement => ({
  start: (toolchain) =>
    Effect.gen(function* () {
      // The profile compares paths behind links, such as /private/var for /var.
      const work = realpathSync(yield* workFolder(python))
      const base = system.filter((path) => existsSync(path))
      const { hidden, views } = viewsOf(python, toolchain, base)
      const text = profile({ views: [...views, realpathSync(runnerFolder)], hidden, work })
      return yield* started({
        python,
        toolchain,
        command: runnerCommand(python, [sandboxExecFile, "-p", text]),
        work,
        diskBytes: usualDiskBytes,
        gentle: true,
        confinement: { kind: "unconfined" }
      })
    })
})

/**
 * The profile: nothing but what is named. Later rules win over earlier ones, so what is hidden in a view comes after
 * it, and the work folder last. The runner is inside of it, too, and reads its own code.
 */
export const profile = ({
  hidden,
  views,
  work
}: {
  readonly views: ReadonlyArray<string>
  readonly hidden: ReadonlyArray<string>
  readonly work: string
}): string =>
  [
    "(version 1)",
    "(deny default)",
    "(allow process-fork)",
    "(allow process-exec*)",
    "(allow process-info* (target same-sandbox))",
    "(allow signal (target same-sandbox))",
    "(allow sysctl-read)",
    "(allow file-read-metadata)",
    '(allow file-ioctl (literal "/dev/null"))',
    `(allow file-read* (literal "/") ${views.map(subpath).join(" ")})`,
    `(allow file-read* file-write-data ${devices.map((name) => `(literal "/dev/${name}")`).join(" ")})`,
    ...(hidden.length === 0 ? [] : [`(deny file-read* ${hidden.map(subpath).join(" ")})`]),
    ...views
      .filter((view) => hidden.some((path) => view.startsWith(`${path}/`)))
      .map((view) => `(allow file-read* ${subpath(view)})`),
    `(allow file-read* file-write* ${subpath(work)})`,
    "(deny network*)"
  ].join("\n")

const subpath = (path: string): string => `(subpath ${JSON.stringify(path)})`

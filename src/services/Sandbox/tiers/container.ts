import { existsSync, readFileSync, statSync } from "node:fs"
import { chmod } from "node:fs/promises"
import { dirname } from "node:path"
import { Effect } from "effect"
import { type Confinement, started, usualDiskBytes, workFolder } from "../confinement.ts"
import type { PythonInstallation } from "../pythonInstallation.ts"
import { runnerCommand } from "../runner.ts"
import { viewsOf } from "../views.ts"

/** Fewer than on a disk of memory: they have to be removed one by one from a real one, which may be slow. */
const mostFiles = 2_048

/** Runners without namespaces, for inside of a container: see `contained.py`. */
export const container = (python: PythonInstallation): Confinement => ({
  start: (toolchain) =>
    Effect.gen(function* () {
      const work = yield* workFolder(python)
      // Programs of root's are another user, who has to get to the folder.
      yield* Effect.promise(() => chmod(dirname(work), 0o711))
      return yield* started({
        python,
        toolchain,
        command: runnerCommand(python),
        work,
        diskBytes: usualDiskBytes,
        gentle: true,
        confinement: {
          kind: "container",
          ...viewsOf(python, { ...toolchain, useful: (toolchain.useful ?? []).filter(isOpen) }),
          diskBytes: usualDiskBytes,
          inodes: mostFiles
        }
      })
    })
})

/** Whether programs can read a folder: those of root's are another user, and see the host's own folders. */
const isOpen = (folder: string): boolean => {
  if (process.getuid?.() !== 0) return true
  if (!existsSync(folder) || (statSync(folder).mode & 0o005) !== 0o005) return false
  for (let path = dirname(folder); path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false
  }
  return true
}

const marks = ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"]
const groups = /docker|containerd|kubepods|libpod|podman|lxc|buildkit|garden|machine\.slice/

/** Which file shows that this process is in a container; undefined where none does. */
export const containerMark = (): string | undefined =>
  marks.find((path) => existsSync(path)) ??
  ["/proc/1/cgroup", "/proc/self/cgroup"].find(
    (path) => existsSync(path) && groups.test(readFileSync(path, "utf8"))
  )

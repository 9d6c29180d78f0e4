import { existsSync, readFileSync } from "node:fs"
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
          ...viewsOf(python, toolchain),
          diskBytes: usualDiskBytes,
          inodes: mostFiles
        }
      })
    })
})

const marks = ["/.dockerenv", "/run/.containerenv", "/run/systemd/container"]
const groups = /docker|containerd|kubepods|libpod|podman|lxc|buildkit|garden|machine\.slice/

/** Which file shows that this process is in a container; undefined where none does. */
export const containerMark = (): string | undefined =>
  marks.find((path) => existsSync(path)) ??
  ["/proc/1/cgroup", "/proc/self/cgroup"].find(
    (path) => existsSync(path) && groups.test(readFileSync(path, "utf8"))
  )

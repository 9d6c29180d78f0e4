import { lstatSync, readlinkSync } from "node:fs"
import { dirname } from "node:path"
import { Effect } from "effect"
import { keepCompiled } from "../compiledRunner.ts"
import { type Confinement, headersPlace, inodes, started, usualDiskBytes } from "../confinement.ts"
import type { Toolchain } from "../driver.ts"
import { once } from "../once.ts"
import type { PythonInstallation } from "../pythonInstallation.ts"
import { runnerCommand, runnerFolder, shownRunnerFile } from "../runner.ts"
import { type Views, viewsOf } from "../views.ts"

/** Runners in namespaces and views that bubblewrap makes; `executable` is its path. */
export const bubblewrap = (python: PythonInstallation, executable: string): Confinement => {
  // From inside the runner's code cannot be written, so its modules would be compiled at every start.
  const compiled = once(keepCompiled(python))
  return {
    start: (toolchain, diskBytes = usualDiskBytes) => {
      const words = bubblewrapWords(viewsOf(python, toolchain), toolchain, process.getuid?.() === 0)
      return Effect.zipRight(
        compiled,
        started({
          python,
          toolchain,
          command: runnerCommand(python, [executable, ...words], shownRunnerFile),
          work: "/tmp",
          diskBytes,
          gentle: false,
          confinement: { kind: "bubblewrap", diskBytes, inodes }
        })
      )
    }
  }
}

const namespaces = [
  "--unshare-pid",
  "--unshare-net",
  "--unshare-ipc",
  "--unshare-uts",
  "--unshare-cgroup-try"
]
const devices = ["null", "zero", "full", "urandom", "random"]
const links = [
  ["/proc/self/fd", "/dev/fd"],
  ["/proc/self/fd/0", "/dev/stdin"],
  ["/proc/self/fd/1", "/dev/stdout"],
  ["/proc/self/fd/2", "/dev/stderr"],
  ["/tmp", "/dev/shm"]
] as const

/**
 * What bubblewrap is told. The runner is process 1, and keeps just what it needs to finish the sandbox. Root becomes
 * another user only then, since until then it has to reach files of root's own Python.
 */
export const bubblewrapWords = (
  { hidden, views }: Views,
  { headers }: Pick<Toolchain, "headers">,
  asRoot: boolean
): ReadonlyArray<string> => [
  ...(asRoot
    ? ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    : ["--unshare-user", "--uid", "1000", "--gid", "1000"]),
  ...["--cap-add", "CAP_SYS_ADMIN"],
  ...namespaces,
  ...["--hostname", "sandbox", "--die-with-parent", "--as-pid-1"],
  // Bubblewrap would close these to others, who are what programs of root's become.
  ...[...new Set(views.flatMap(above))].sort().flatMap((path) => ["--perms", "0755", "--dir", path]),
  ...views.flatMap((path) =>
    lstatSync(path).isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : ["--ro-bind", path, path]
  ),
  ...(headers === undefined ? [] : ["--ro-bind", headers, headersPlace]),
  ...hidden.flatMap((path) => ["--perms", "0000", "--tmpfs", path, "--remount-ro", path]),
  ...["--ro-bind", runnerFolder, dirname(shownRunnerFile)],
  ...["--proc", "/proc", "--dir", "/tmp", "--dir", "/etc"],
  // What the host was started with.
  ...["--ro-bind", "/dev/null", "/proc/cmdline"],
  ...["--perms", "0755", "--dir", "/dev"],
  ...devices.flatMap((name) => ["--dev-bind", `/dev/${name}`, `/dev/${name}`]),
  ...links.flatMap(([target, path]) => ["--symlink", target, path]),
  "--"
]

/** The folders that a path lies in, without the root. */
const above = (path: string): ReadonlyArray<string> => {
  const folder = dirname(path)
  return folder === "/" ? [] : [...above(folder), folder]
}

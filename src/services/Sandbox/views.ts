import { existsSync, realpathSync, statSync } from "node:fs"
import { homedir } from "node:os"
import type { Toolchain } from "./driver.ts"
import type { PythonInstallation } from "./pythonInstallation.ts"
import { runnerFolder } from "./runner.ts"

/** What programs may read of the host: paths, none inside another, and folders in those that they may not. */
export interface Views {
  readonly views: ReadonlyArray<string>
  readonly hidden: ReadonlyArray<string>
}

const system = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store"]
const configuration = ["/etc/alternatives", "/etc/ld.so.cache"]

/** The system's own, and what the runner and a language need beyond that; nothing of the user's. */
export const viewsOf = (
  python: PythonInstallation,
  toolchain: Toolchain,
  base: ReadonlyArray<string> = [...system, ...configuration]
): Views => {
  const secrets = [
    ...new Set([homedir(), process.cwd(), runnerFolder].filter(isFolder).map((path) => realpathSync(path)))
  ]
  const wanted = [...toolchain.readable, ...(toolchain.useful ?? []), ...python.packages, ...python.folders]
    .filter((path) => existsSync(path))
    .map((path) => realpathSync(path))
    .filter((path) => !secrets.some((secret) => isWithin(secret, path)))
  const all = [...new Set([...base.filter((path) => existsSync(path)), ...wanted])].sort()
  const views = all.filter((path) => !all.some((view) => view !== path && isWithin(path, view)))
  // A project may lie inside of what has to be shown, such as below /usr.
  const hidden = secrets.filter(
    (secret) => views.some((view) => isWithin(secret, view)) && !views.some((view) => isWithin(view, secret))
  )
  return { views, hidden }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

const isWithin = (path: string, folder: string): boolean =>
  `${path.replace(/\/+$/, "")}/`.startsWith(`${folder.replace(/\/+$/, "")}/`)

import { execFile } from "node:child_process"
import { accessSync, constants, statSync } from "node:fs"
import { delimiter, isAbsolute, join } from "node:path"
import { Effect } from "effect"

/** The environment that the user started seidr with. Only the search for tool chains sees it, never a program. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The first executable file of that name on the PATH, or the name itself when it is a path. */
export const findExecutable = (name: string, environment: Environment): string | undefined => {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder))
  const candidates = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))
  return candidates.find(isExecutable)
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/** What a trusted tool of this machine prints, on standard error if nowhere else; undefined if it cannot be run or fails. */
export const outputOf = (
  file: string,
  args: ReadonlyArray<string>,
  environment: Environment,
  withinMs = 60_000
): Effect.Effect<string | undefined> =>
  Effect.async<string | undefined>((resume) => {
    const child = execFile(
      file,
      [...args],
      { env: environment, timeout: withinMs },
      (error, stdout, stderr) =>
        resume(Effect.succeed(error !== null ? undefined : stdout.trim() === "" ? stderr : stdout))
    )
    return Effect.sync(() => child.kill("SIGKILL"))
  })

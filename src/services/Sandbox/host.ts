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

interface Running {
  readonly environment: Environment
  readonly cwd?: string
  readonly input?: string
  readonly withinMs?: number
}

/**
 * Runs a trusted tool of this machine to its end; fails with the last line that it said. Where it is interrupted, the tool
 * is gone before anything else is done.
 */
export const ran = (
  file: string,
  args: ReadonlyArray<string>,
  { cwd, environment, input = "", withinMs = 60_000 }: Running
): Effect.Effect<void, string> =>
  Effect.async<void, string>((resume) => {
    const child = execFile(
      file,
      [...args],
      { env: environment, timeout: withinMs, ...(cwd === undefined ? {} : { cwd }) },
      (error, _, stderr) =>
        resume(error === null ? Effect.void : Effect.fail(stderr.trim().split("\n").at(-1) || error.message))
    )
    const closed = new Promise<void>((resolve) => {
      child.once("close", () => resolve())
      child.once("error", () => resolve())
    })
    // One that does not read, or has not come up, says so by its end.
    child.stdin?.on("error", () => undefined)
    child.stdin?.end(input)
    return Effect.promise(() => {
      child.kill("SIGKILL")
      return closed
    })
  })

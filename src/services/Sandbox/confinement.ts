import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, type Scope } from "effect"
import type { Toolchain } from "./driver.ts"
import type { PythonInstallation } from "./pythonInstallation.ts"
import { type Runner, type RunnerFault, runnerFolder, startRunner } from "./runner.ts"

/** Sizes of what a case may use beside its own limits. */
const diskBytes = 64 * 2 ** 20
const inodes = 8_192
const files = 128
/** A runner that has failed says so at once; one that is silent may only have to wait for a processor. */
const readyWithinMs = 60_000

const system = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store"]
const configuration = ["/etc/alternatives", "/etc/ld.so.cache"]

/** Where a sandbox has the precompiled header, if any. */
export const headersPlace = "/headers"

/** Starts runners of one tier. */
export interface Confinement {
  /** `disk` in bytes, where it is to be larger than usual. */
  readonly start: (toolchain: Toolchain, disk?: number) => Effect.Effect<Runner, RunnerFault, Scope.Scope>
}

/** Runners in namespaces of their own, made by themselves: they need no set-up and no privilege. */
export const userNamespaces = (python: PythonInstallation): Confinement => ({
  start: (toolchain, disk = diskBytes) =>
    Effect.gen(function* () {
      const runner = yield* startRunner(python, programEnvironment("/tmp", toolchain), false)
      yield* runner.send({
        ...settings(python, toolchain, "/tmp"),
        diskBytes: disk,
        confined: true,
        confine: {
          system: [...system, ...configuration],
          readable: [...toolchain.readable, ...python.packages],
          placed: toolchain.headers === undefined ? [] : [[toolchain.headers, headersPlace]],
          hidden: [...new Set([homedir(), process.cwd(), runnerFolder])],
          diskBytes: disk,
          inodes
        }
      })
      yield* runner.receive(readyWithinMs)
      return runner
    })
})

/** Runners that only have limits, and a folder that is removed afterwards. */
export const unconfined = (python: PythonInstallation): Confinement => ({
  start: (toolchain) =>
    Effect.gen(function* () {
      const base = yield* Effect.acquireRelease(
        Effect.promise(() => mkdtemp(join(tmpdir(), `seidr-${process.pid}-`))),
        (path) => Effect.promise(() => rm(path, { recursive: true, force: true, maxRetries: 3 }))
      )
      const work = join(base, "work")
      yield* Effect.promise(() => mkdir(work))
      const runner = yield* startRunner(python, programEnvironment(work, toolchain), true)
      yield* runner.send({ ...settings(python, toolchain, work), confined: false })
      yield* runner.receive(readyWithinMs)
      return runner
    })
})

const settings = (python: PythonInstallation, toolchain: Toolchain, work: string) => ({
  driver: process.pid,
  work,
  packages: python.packages,
  diskBytes,
  files,
  processes: toolchain.processes ?? 64
})

/** All that a program sees of an environment: nothing of the user's. */
const programEnvironment = (
  home: string,
  { environment, readable }: Toolchain
): Readonly<Record<string, string>> => ({
  PATH: ["/usr/local/bin", "/usr/bin", "/bin", ...readable].join(":"),
  LANG: "C.UTF-8",
  HOME: home,
  TMPDIR: home,
  TZ: "UTC",
  PYTHONHASHSEED: "0",
  PYTHONIOENCODING: "utf-8:strict",
  // One arena for all threads: each further one would take 64 MB of the address space that is limited.
  MALLOC_ARENA_MAX: "1",
  ...environment
})

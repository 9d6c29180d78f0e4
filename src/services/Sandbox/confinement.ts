import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, type Scope } from "effect"
import type { Toolchain } from "./driver.ts"
import { outputOf } from "./host.ts"
import { folderPrefix, leftovers } from "./leftovers.ts"
import type { PythonInstallation } from "./pythonInstallation.ts"
import { type Runner, type RunnerFault, runnerFolder, startRunner } from "./runner.ts"

/** Sizes of what a case may use beside its own limits. */
export const usualDiskBytes = 64 * 2 ** 20
export const inodes = 8_192
const files = 128
/** A runner that has failed says so at once; one that is silent may only have to wait for a processor. */
const readyWithinMs = 60_000
const sweptWithinMs = 300_000

/** Where a sandbox has the precompiled header, if any. */
export const headersPlace = "/headers"

/** Starts runners of one tier. */
export interface Confinement {
  /** `disk` in bytes, where it is to be larger than usual. */
  readonly start: (toolchain: Toolchain, disk?: number) => Effect.Effect<Runner, RunnerFault, Scope.Scope>
}

/** A runner to be started: by which words, where its programs work, and what it has to do to confine itself. */
export interface Start {
  readonly python: PythonInstallation
  readonly toolchain: Toolchain
  readonly command: ReadonlyArray<string>
  readonly work: string
  readonly diskBytes: number
  readonly confinement: { readonly kind: string } & Readonly<Record<string, unknown>>
  /** Whether it is given time to end its programs, since nobody else can find them. */
  readonly gentle: boolean
}

/** Starts a runner, and waits until it has confined itself. */
export const started = ({ command, confinement, diskBytes, gentle, python, toolchain, work }: Start) =>
  Effect.gen(function* () {
    const fix = python.prefix.length === 0 ? { SEIDR_FIX_ADDRESSES: "1" } : {}
    const runner = yield* startRunner(command, { ...programEnvironment(work, toolchain), ...fix }, gentle)
    yield* runner.send({
      driver: process.pid,
      work,
      packages: python.packages,
      diskBytes,
      files,
      processes: toolchain.processes ?? 64,
      confinement
    })
    yield* runner.receive(readyWithinMs)
    return runner
  })

/** A folder of the host for programs to work in, which others can pass through, but not look into. */
export const workFolder = ({ executable }: PythonInstallation): Effect.Effect<string, never, Scope.Scope> =>
  Effect.gen(function* () {
    if (!hasCleared) {
      hasCleared = true
      const left = yield* leftovers()
      yield* Effect.forEach(left, (path) => Effect.ignoreLogged(sweptAway(executable, path)))
    }
    const prefix = yield* folderPrefix
    const base = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), prefix))),
      (path) => Effect.orDie(sweptAway(executable, path))
    )
    const work = join(base, "work")
    yield* Effect.promise(() => mkdir(work, { mode: 0o700 }))
    return work
  })

/** Whether what earlier processes have left is gone, as far as it could be. */
let hasCleared = false

const sweptAway = (executable: string, path: string) =>
  remove(path).pipe(
    // A runner that was killed has left it as the program had made it: deeper than a path can name, or closed.
    Effect.catchAll(() =>
      Effect.zipRight(
        outputOf(executable, ["-S", "-s", join(runnerFolder, "broom.py"), path], {}, sweptWithinMs),
        remove(path)
      )
    )
  )

const remove = (path: string) =>
  Effect.tryPromise(() => rm(path, { recursive: true, force: true, maxRetries: 3 }))

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
  // Only for the runner, which takes it away: what is looked up when it is first needed would be looked up by each copy.
  LD_BIND_NOW: "1",
  ...environment
})

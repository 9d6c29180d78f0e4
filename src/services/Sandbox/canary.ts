import { readdirSync, readFileSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:net"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, Schema } from "effect"
import type { Confinement } from "./confinement.ts"
import type { Toolchain } from "./driver.ts"
import { runnerFile } from "./runner.ts"
import { runInSandbox } from "./session.ts"

const Sighting = Schema.parseJson(
  Schema.Struct({
    root: Schema.Boolean,
    privileged: Schema.Boolean,
    connected: Schema.Boolean,
    spoken: Schema.Boolean,
    processes: Schema.Int,
    seen: Schema.Array(Schema.String),
    read: Schema.Array(Schema.String),
    writes: Schema.Array(Schema.String),
    signals: Schema.Boolean
  })
)

const source = readFileSync(new URL("./canary.py", import.meta.url), "utf8")
/** The processes of a sandbox itself: the runner, the template that it makes copies of, and the program. */
const own = 3
const hostFiles = ["/etc/shadow", "/etc/hostname", `/proc/${process.pid}/environ`]
const limits = { timeMs: 5_000, memoryBytes: 128 * 2 ** 20, outputBytes: 2 ** 16 }

/**
 * Runs a program that tries to get out. Fails with what it could do, or with why it could not be run. Where it is to be
 * `apart` it must see nothing of the host; otherwise only not read and not reach it.
 */
export const provesConfined = (
  confinement: Confinement,
  toolchain: Toolchain,
  apart: boolean
): Effect.Effect<void, string> =>
  Effect.gen(function* () {
    const folder = yield* secretFolder
    const port = yield* listener
    const socket = yield* localListener(folder)
    const paths = [join(folder, "secret"), ...(apart ? [runnerFile] : []), ...hostFiles, ...homeFiles()]
    const run = yield* runInSandbox({
      confinement,
      toolchain,
      job: {
        language: "python",
        source,
        inputs: [JSON.stringify({ port, socket, paths, folders: [folder, homedir()], pid: process.pid })],
        limits
      },
      skipAfter: 1,
      stopMs: limits.timeMs,
      compiled: undefined
    }).pipe(Effect.mapError(({ reason }) => reason))
    const execution = run.executions[0]
    if (execution === undefined) return yield* Effect.fail(`the canary was not run: ${run.diagnostics}`)
    const sighting = yield* Schema.decodeUnknown(Sighting)(execution.stdout).pipe(
      Effect.mapError(() => `the canary died: ${execution.ending._tag} ${execution.stderr.trim()}`)
    )
    const faults = faultsOf(sighting, apart)
    if (faults.length > 0) return yield* Effect.fail(`a program in it ${faults.join(", and ")}`)
  }).pipe(Effect.scoped)

const faultsOf = (sighting: typeof Sighting.Type, apart: boolean): ReadonlyArray<string> => [
  ...(sighting.root ? ["is root"] : []),
  ...(sighting.privileged ? ["has privileges"] : []),
  ...(sighting.connected ? ["reaches the network"] : []),
  ...(sighting.spoken ? ["reaches other processes"] : []),
  ...(sighting.signals ? ["can signal other processes"] : []),
  ...(apart && sighting.processes > own ? ["sees other processes"] : []),
  ...(apart && sighting.seen.length > 0 ? [`sees ${sighting.seen[0]}`] : []),
  ...(sighting.read.length > 0 ? [`reads ${sighting.read[0]}`] : []),
  ...(sighting.writes.length > 0 ? [`can write ${sighting.writes[0]}`] : [])
]

const secretFolder = Effect.acquireRelease(
  Effect.promise(async () => {
    const folder = await mkdtemp(join(tmpdir(), "seidr-canary-"))
    await writeFile(join(folder, "secret"), "a program has read this")
    return folder
  }),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
)

const listening = (at: { readonly port: number; readonly host: string } | { readonly path: string }) =>
  Effect.acquireRelease(
    Effect.promise(
      () =>
        new Promise<Server>((resolve, reject) => {
          const server = createServer((socket) => socket.destroy())
          server.once("error", reject)
          server.listen(at, () => resolve(server))
        })
    ),
    (server) => Effect.sync(() => server.close())
  )

const listener = listening({ port: 0, host: "127.0.0.1" }).pipe(
  Effect.map((server) => {
    const address = server.address()
    return typeof address === "object" && address !== null ? address.port : 0
  })
)

const localListener = (folder: string) => {
  const path = join(folder, "socket")
  return Effect.as(listening({ path }), path)
}

/** Some plain files of the user's home. */
const homeFiles = (): ReadonlyArray<string> => {
  try {
    const entries = readdirSync(homedir(), { withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .slice(0, 20)
      .map((entry) => join(homedir(), entry.name))
  } catch {
    // A home that this user cannot read holds nothing that a program of the user's could.
    return []
  }
}

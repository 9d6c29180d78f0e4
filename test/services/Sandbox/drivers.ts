import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { ProgramRun } from "../../../src/domain/evaluation.ts"
import type { TierName } from "../../../src/services/Sandbox/tiers.ts"
import type { Job } from "../../../src/services/Sandbox.ts"

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What a driver is to do. */
export interface Work {
  readonly jobs: ReadonlyArray<Job>
  readonly tiers?: ReadonlyArray<TierName>
  readonly setting?: string
  readonly unconfined?: boolean
  /** The user that it becomes first. */
  readonly user?: number
  /** Whether it looks after each job for what is left. */
  readonly watched?: boolean
}

export interface Answer {
  readonly fault?: string
  readonly tier?: string
  readonly uid?: number
  readonly runs?: ReadonlyArray<{
    readonly run?: ProgramRun
    readonly fault?: string
    readonly left: ReadonlyArray<string>
  }>
}

/** Starts `child.ts`, behind the words of `prefix`. */
export const startDriver = (
  work: Work,
  {
    environment = process.env,
    prefix = []
  }: { readonly environment?: NodeJS.ProcessEnv; readonly prefix?: ReadonlyArray<string> } = {}
): ChildProcess => {
  const viteNode = folder("../../../node_modules/vite-node/vite-node.mjs")
  const command = [...prefix, process.execPath, viteNode, folder("./child.ts")]
  return spawn(command[0]!, command.slice(1), {
    cwd: folder("../../.."),
    env: environment,
    stdio: [fileOf(JSON.stringify(work)), "pipe", "inherit"]
  })
}

/** The environment with the system's own Python, which every user can read, before any other. */
export const forEveryUser: NodeJS.ProcessEnv = existsSync("/usr/bin/python3")
  ? { ...process.env, PATH: `/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}` }
  : process.env

/** A descriptor of a file without a name: Vite ends its process when a pipe on stdin ends. */
const fileOf = (content: string): number => {
  const scratch = mkdtempSync(join(tmpdir(), "seidr-test-"))
  writeFileSync(join(scratch, "work"), content)
  const file = openSync(join(scratch, "work"), "r")
  rmSync(scratch, { recursive: true })
  return file
}

export const answerOf = (child: ChildProcess): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let output = ""
    child.stdout?.on("data", (piece) => {
      output += piece
    })
    child.once("error", reject)
    child.once("close", (code) =>
      code === 0 ? resolve(JSON.parse(output) as Answer) : reject(new Error(`the driver ended with ${code}`))
    )
  })

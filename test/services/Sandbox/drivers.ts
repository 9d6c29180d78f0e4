import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { ProgramRun } from "../../../src/domain/evaluation.ts"
import type { Job } from "../../../src/services/Sandbox.ts"

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export interface Answer {
  readonly fault?: string
  readonly tier?: string
  readonly uid?: number
  readonly runs?: ReadonlyArray<ProgramRun>
}

/** Starts `child.ts` on jobs, behind the words of `prefix`, as user `uid` where that is not 0. */
export const startDriver = (
  jobs: ReadonlyArray<Job>,
  { prefix = [], uid = 0 }: { readonly prefix?: ReadonlyArray<string>; readonly uid?: number }
): ChildProcess => {
  const viteNode = folder("../../../node_modules/vite-node/vite-node.mjs")
  const command = [...prefix, process.execPath, viteNode, folder("./child.ts"), String(uid)]
  return spawn(command[0]!, command.slice(1), {
    cwd: folder("../../.."),
    stdio: [fileOf(JSON.stringify(jobs)), "pipe", "inherit"]
  })
}

/** A descriptor of a file without a name: Vite ends its process when a pipe on stdin ends. */
const fileOf = (content: string): number => {
  const scratch = mkdtempSync(join(tmpdir(), "seidr-test-"))
  writeFileSync(join(scratch, "jobs"), content)
  const file = openSync(join(scratch, "jobs"), "r")
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

import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { replayAll } from "../../support/replayAll.ts"

/** The compiled command line, as users run it. */
export const main = resolve("dist/seidr.js")

if (!existsSync(main)) throw new Error(`${main} is not there: run \`npm run build\` first`)

export interface Ended {
  /** 130 also for a process that the signal itself has ended. */
  readonly status: number | null
  readonly out: string
  readonly err: string
}

export interface Setting {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/** A command that is under way. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when what was said on either stream matches; rejects when the command ends before. */
  readonly said: (pattern: RegExp) => Promise<void>
}

/** Starts a command in a clean environment. */
export const start = (args: ReadonlyArray<string>, { cwd, env = {} }: Setting): Running => {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    // A cache would be a file in the folder, and would know what another test has run.
    env: { PATH: process.env["PATH"], HOME: cwd, SEIDR_CACHE: "none", ...env },
    stdio: ["ignore", "pipe", "pipe"]
  })
  let out = ""
  let err = ""
  const waiting = new Set<() => void>()
  const heard = () => {
    for (const look of waiting) look()
  }
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text
    heard()
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text
    heard()
  })
  const ended = new Promise<Ended>((done, fail) => {
    child.once("error", fail)
    child.once("close", (status) => done({ status, out, err }))
  })
  const said = (pattern: RegExp) =>
    new Promise<void>((done, fail) => {
      const look = () => {
        if (!pattern.test(out) && !pattern.test(err)) return
        waiting.delete(look)
        done()
      }
      waiting.add(look)
      ended.then(
        ({ status }) => fail(new Error(`it ended with ${status} and never said ${pattern}: ${err}`)),
        fail
      )
      look()
    })
  return { child, ended, said }
}

/** Runs a command to its end. */
export const seidr = (args: ReadonlyArray<string>, setting: Setting): Promise<Ended> =>
  start(args, setting).ended

/** The last line of standard output, parsed. */
export const documentOf = ({ out }: Ended): unknown => JSON.parse(out.trimEnd().split("\n").at(-1) ?? "")

/** A folder that is gone afterwards; what was searched for in it has to replay. */
export const inFolder = async <A>(use: (folder: string) => Promise<A>): Promise<A> => {
  const folder = mkdtempSync(join(tmpdir(), "seidr-cli-"))
  try {
    const result = await use(folder)
    for (const file of readdirSync(folder)) if (file.endsWith(".db")) await replayAll(join(folder, file))
    return result
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every process whose ancestors include the given one, as the system tells now. */
export const descendantsOf = (ancestor: number): ReadonlyArray<number> => {
  const parents = new Map<number, number>()
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8")
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]))
    } catch {
      // It has ended between the listing and the look.
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent === ancestor || (parent !== undefined && parent > 1 && isBelow(parent))
  }
  return [...parents.keys()].filter(isBelow)
}

/** Whether a process is there and does more than wait for its parent to learn of its end. */
export const isAlive = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z"
  } catch {
    return false
  }
}

/** Whether a tool is on this machine; the flag is one with which it ends at once. */
export const has = (tool: string, flag: string): boolean => {
  try {
    execFileSync(tool, [flag], { stdio: "ignore" })
    return true
  } catch {
    return false
  }
}

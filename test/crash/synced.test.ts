import { spawn, spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { inFolder, main } from "../programs/cli/seidr.ts"
import { runNamed } from "../services/EventLog/samples.ts"
import { modelServer } from "./support/modelServer.ts"
import { keptIn, search } from "./support/search.ts"

const canTrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0

/** A system call of the main thread, which writes the log and the sockets; other threads do neither. */
interface Call {
  readonly name: string
  /** What it was given: a descriptor with its file, and what was written to it. */
  readonly text: string
}

const calls = "trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg"

/** Runs a program under strace; gives its system calls in order, with whole pages of what is written. */
const traced = async (
  cwd: string,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {}
): Promise<ReadonlyArray<Call>> => {
  const trace = join(cwd, "trace")
  const child = spawn("strace", ["-y", "-s", "70000", "-e", calls, "-o", trace, process.execPath, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], HOME: cwd, SEIDR_CACHE: "none", ...env },
    stdio: "ignore"
  })
  await new Promise((done) => child.once("close", done))
  return readFileSync(trace, "latin1")
    .split("\n")
    .flatMap((line) => {
      const name = /^(\w+)\(/.exec(line)?.[1]
      // What failed has not happened.
      return name === undefined || / = -1 E\w+ \(/.test(line) ? [] : [{ name, text: line }]
    })
}

const isOfWal = ({ text }: Call): boolean => /^\w+\(\d+<[^>]*-wal>/.test(text)
const isSync = (call: Call): boolean => isOfWal(call) && /^f(?:data)?sync$/.test(call.name)
const isPage = (call: Call): boolean => isOfWal(call) && call.name === "pwrite64"

/** Whether everything that was written to the write-ahead log before a call is on the disk by then. */
const isAllSynced = (before: ReadonlyArray<Call>): boolean =>
  before.findLastIndex(isPage) < before.findLastIndex(isSync)

describe.skipIf(!canTrace)("what is acknowledged (needs strace)", { timeout: 600_000 }, () => {
  it("was synced before its writer is told", () =>
    inFolder(async (cwd) => {
      const script = resolve("test/services/EventLog/children/appending.mjs")
      const run = runNamed(1)
      const trace = await traced(cwd, [script, join(cwd, "log.db"), run, "50"])
      const told = trace.flatMap(({ name, text }, index) => {
        const position = /^write\(1<[^>]*>, "(\d+) \d+ [0-9a-f]{64}\\n"/.exec(text)?.[1]
        return name === "write" && position !== undefined ? [[index, position] as const] : []
      })
      expect(told).toHaveLength(200)
      for (const [index, position] of told) {
        expect(isAllSynced(trace.slice(0, index)), `position ${position}`).toBe(true)
      }
      expect(trace.filter(isSync).length).toBeGreaterThan(50)
    }))

  it("was synced before a request leaves: the request itself, and every answer before it", () =>
    inFolder(async (cwd) => {
      const server = await modelServer()
      try {
        const trace = await traced(cwd, [main, ...search], server.env)
        const { requested, answered, callKeys } = keptIn(cwd)
        expect(requested.size).toBeGreaterThan(9)
        expect(answered.size).toBe(requested.size)
        const left = new Map(
          trace.flatMap(({ text }, index) => {
            const key = /idempotency-key: ([0-9a-f]{64})/i.exec(text)?.[1]
            return key === undefined ? [] : [[key, index] as const]
          })
        )
        expect([...left.keys()].sort()).toEqual([...requested.keys()].sort())
        for (const [key, index] of left) {
          const before = trace.slice(0, index)
          const page = before.findIndex((call) => isPage(call) && call.text.includes(callKeys.get(key)!))
          expect(page, "the request is written").toBeGreaterThan(0)
          expect(
            before.findIndex((call, at) => at > page && isSync(call)),
            "and synced"
          ).toBeGreaterThan(page)
          expect(isAllSynced(before)).toBe(true)
        }
      } finally {
        await server.close()
      }
    }))
})

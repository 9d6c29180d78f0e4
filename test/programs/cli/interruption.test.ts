import { writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import {
  descendantsOf,
  documentOf,
  type Ended,
  inFolder,
  isAlive,
  type Running,
  seidr,
  start
} from "./seidr.ts"

/** Far beyond the second that is promised: a busy machine is slow, a hang is endless. */
const patience = 20_000

const small = ["--test-examples", "0", "--valid-examples", "10"]
const slow = [
  "solve",
  "gcd",
  ...small,
  "--model",
  "simulated:hard?latency=400ms",
  "--max-programs",
  "12",
  "--label",
  "it"
]

interface Left extends Ended {
  readonly ms: number
}

/** Tells a command to end, and waits until it and all its processes have. */
const interrupt = async (running: Running, signal: NodeJS.Signals): Promise<Left> => {
  const pid = running.child.pid!
  const below = descendantsOf(pid)
  const told = performance.now()
  running.child.kill(signal)
  const ended = await running.ended
  const ms = performance.now() - told
  expect(ms).toBeLessThan(patience)
  // What was killed together with its parent ends on its own, a moment later.
  while (below.some(isAlive) && performance.now() - told < patience) await new Promise(setImmediate)
  expect([pid, ...below].filter(isAlive)).toEqual([])
  return { ...ended, ms }
}

/** The kinds of a run's events, in order. */
const eventsOf = async (cwd: string, run = "it"): Promise<ReadonlyArray<string>> => {
  const { out } = await seidr(["tail", run, "--json"], { cwd })
  return out
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly _tag: string })._tag)
}

const digestOf = (ended: Ended): string => (documentOf(ended) as { readonly digest: string }).digest

const expectLeft = async (cwd: string, left: Ended) => {
  expect(left.status, left.err).toBe(130)
  expect(left.out).toBe("")
  expect(left.err).toMatch(/interrupted; `seidr resume 0\w{25}` goes on with the run\n$/)
  const events = await eventsOf(cwd)
  expect(events.filter((tag) => tag === "RunInterrupted")).toHaveLength(1)
  expect(events.at(-1)).toBe("RunInterrupted")
}

describe("an interrupted command", { timeout: 180_000 }, () => {
  it("lets go while models are asked, and goes on to the same end", () =>
    inFolder(async (cwd) => {
      const running = start([...slow, "--db", "cut.db"], { cwd })
      await running.said(/^run /m)
      const left = await interrupt(running, "SIGINT")
      expect(left.status, left.err).toBe(130)
      expect(left.err).toMatch(/interrupted; `seidr resume 0\w{25} --db cut.db` goes on with the run\n$/)
      const again = start(["resume", "it", "--db", "cut.db", "--json"], { cwd })
      await again.said(/^1 program\b/m)
      // The second time by another signal.
      expect((await interrupt(again, "SIGTERM")).status).toBe(130)
      // The same line again goes on with it too.
      const [resumed, whole] = await Promise.all([
        seidr([...slow, "--db", "cut.db", "--json"], { cwd }),
        seidr([...slow, "--json"], { cwd })
      ])
      expect(resumed.err).toMatch(
        /was begun before and left: it goes on\. --new begins another\.\nrun 0\w{25}\n/
      )
      expect(digestOf(resumed)).toBe(digestOf(whole))
      const { out } = await seidr(["runs", "--db", "cut.db", "--json"], { cwd })
      expect(JSON.parse(out)).toHaveLength(1)
    }))

  it("lets go while a program runs, and leaves no process", () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "loop.py"), "while True:\n    pass\n")
      const running = start(
        ["solve", "gcd", ...small, "--start", "loop.py", "--time-limit", "10m", "--label", "it"],
        { cwd }
      )
      await running.said(/^run /m)
      while (descendantsOf(running.child.pid!).length === 0) await new Promise(setImmediate)
      await expectLeft(cwd, await interrupt(running, "SIGINT"))
    }))

  it("lets go while an endpoint is silent, before and after the run has begun", () =>
    inFolder(async (cwd) => {
      let isOpen = false
      const asked: Array<() => void> = []
      const server = createServer((request, response) => {
        for (const notice of asked) notice()
        if (isOpen && request.method === "GET") response.end('{"data":[]}')
      })
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
      const { port } = server.address() as AddressInfo
      const env = { OPENAI_API_KEY: "sk-x", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` }
      const args = ["solve", "gcd", ...small, "--model", "openai:slow", "--label", "it"]
      try {
        const request = new Promise<void>((done) => asked.push(done))
        const before = start(args, { cwd, env })
        await request
        expect(await interrupt(before, "SIGINT")).toMatchObject({
          status: 130,
          out: "",
          err: "interrupted\n"
        })
        isOpen = true
        const after = start(args, { cwd, env })
        await after.said(/^run /m)
        await expectLeft(cwd, await interrupt(after, "SIGTERM"))
      } finally {
        server.close()
        server.closeAllConnections()
      }
    }))

  it("ends at once when it is told twice", () =>
    inFolder(async (cwd) => {
      const running = start(slow, { cwd })
      await running.said(/^1 program\b/m)
      running.child.kill("SIGINT")
      const left = await interrupt(running, "SIGINT")
      expect(left.status === 130 || running.child.signalCode === "SIGINT").toBe(true)
      const { out } = await seidr(["runs", "--json"], { cwd })
      expect(JSON.parse(out)).toMatchObject([{ label: "it", status: "interrupted" }])
    }))
})

describe("a run whose process is gone or elsewhere", { timeout: 180_000 }, () => {
  it("is interrupted after kill -9, and can be stopped and resumed", () =>
    inFolder(async (cwd) => {
      const running = start(slow, { cwd })
      await running.said(/^1 program\b/m)
      await interrupt(running, "SIGKILL")
      const { out } = await seidr(["runs", "--json"], { cwd })
      expect(JSON.parse(out)).toMatchObject([{ label: "it", status: "interrupted" }])
      const stopped = await seidr(["stop", "it"], { cwd })
      expect(stopped).toMatchObject({
        status: 0,
        out: "",
        err: expect.stringMatching(/had no process any more/)
      })
      const again = await seidr(["stop", "it", "--json"], { cwd })
      expect(documentOf(again)).toMatchObject({ status: "interrupted" })
      const resumed = await seidr(["resume", "it", "--json"], { cwd })
      expect(resumed.status, resumed.err).toBeLessThanOrEqual(1)
      const finished = await seidr(["stop", "it"], { cwd })
      expect(finished).toMatchObject({ status: 0, err: expect.stringMatching(/is over: (?:un)?solved/) })
    }))

  it("belongs to one process, and is stopped from another", () =>
    inFolder(async (cwd) => {
      const running = start(
        ["solve", "gcd", ...small, "--model", "simulated:hard?latency=2s", "--label", "it"],
        { cwd }
      )
      const { pid } = running.child
      await running.said(/^1 program\b/m)
      const tail = start(["tail", "it"], { cwd })
      await tail.said(/ProgramEvaluated/)
      const second = await seidr(["resume", "it"], { cwd })
      expect(second).toMatchObject({ status: 2, out: "" })
      expect(second.err).toMatch(new RegExp(`being driven by process ${pid}`))
      const stopped = await seidr(["stop", "it"], { cwd })
      expect(stopped).toMatchObject({
        status: 0,
        out: "",
        err: expect.stringMatching(/was told to stop; `seidr resume/)
      })
      const left = await running.ended
      expect(left).toMatchObject({
        status: 130,
        out: "",
        err: expect.stringMatching(/was stopped; `seidr resume/)
      })
      // Whoever watched sees the end and ends too.
      expect((await tail.ended).out).toMatch(/RunInterrupted by stop[^\n]*\n$/)
      expect((await eventsOf(cwd)).at(-1)).toBe("RunInterrupted")
    }))
})

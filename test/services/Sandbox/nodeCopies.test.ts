import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, layer as testLayer } from "@effect/vitest"
import { Effect } from "effect"
import type { Execution } from "../../../src/domain/evaluation.ts"
import { findExecutable } from "../../../src/services/Sandbox/host.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"

const source = readFileSync(new URL("./programs/ways.js.txt", import.meta.url), "utf8")
const limits = { timeMs: 10_000, memoryBytes: 2 ** 28, outputBytes: 2 ** 20 }
const rest = `one\ntwo\n${"z".repeat(100_000)}\n`
const hasCopies =
  process.platform === "linux" && ["cc", "gcc", "clang"].some((name) => findExecutable(name, process.env))

const runOn = (text: string, names: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sandbox = yield* Sandbox
    const inputs = names.map((name) => `${name}\n${rest}`)
    const run = yield* sandbox.run({ language: "javascript", source: text, inputs, limits })
    if (run._tag !== "Ran") return yield* Effect.dieMessage(run.diagnostics)
    return run.executions
  })

interface Outcome {
  readonly ending: Execution["ending"]
  readonly stdout: string
}

const outcome = ({ ending, stdout }: Execution): Outcome => ({ ending, stdout })

/** What comes of it in a process of its own, outside of any sandbox. */
const plainly = (name: string): Promise<Outcome> => {
  const folder = mkdtempSync(join(tmpdir(), "seidr-test-"))
  writeFileSync(join(folder, "program.js"), source)
  return new Promise<Outcome>((resolve) => {
    const child = spawn("node", ["--max-old-space-size=256", "program.js"], { cwd: folder })
    let stdout = ""
    child.stdout.on("data", (piece) => {
      stdout += piece
    })
    child.stdin.on("error", () => undefined)
    child.stdin.end(`${name}\n${rest}`)
    child.once("close", (code, signal) => {
      resolve({
        ending: signal === null ? { _tag: "Exited", code: code ?? 0 } : { _tag: "Signaled", signal },
        stdout
      })
    })
  }).finally(() => rmSync(folder, { recursive: true }))
}

testLayer(layer({ unconfined: false, environment: process.env }))("JavaScript in copies", (it) => {
  const ways = [..."data lines whole order exits status lateStatus again throwsLate rejects".split(" ")]
  ways.push(..."files children main garbage".split(" "))

  it.effect("ends and prints as a process of its own, whatever the cases before have done", () =>
    Effect.gen(function* () {
      const cases = [...ways, "copied"]
      const executions = yield* runOn(source, cases)
      const plain = yield* Effect.forEach(ways, (name) => Effect.promise(() => plainly(name)), {
        concurrency: 2
      })
      for (const [index, name] of ways.entries()) {
        expect([name, outcome(executions[index]!)]).toEqual([name, plain[index]])
      }
      // The last case shows that none of them has made the engine give its copies up.
      const marks = ",,,10,false\n"
      const last = hasCopies ? "a copy\n" : "a process of its own\n"
      expect(executions.at(-1)?.stdout).toBe(marks + last)
    })
  )

  it.effect("runs a case again by itself where its copy ends as no program should", () =>
    Effect.gen(function* () {
      const executions = yield* runOn(source, ["leaves", "copied", "parent", "kills", "copied"])
      const [leaves, copied, parent, kills, after] = executions.map(outcome)
      const exited = { _tag: "Exited", code: 0 }
      expect(leaves).toEqual({ ending: exited, stdout: ",,,10,false\nleft\n" })
      expect(copied?.stdout).toContain(hasCopies ? "a copy" : "a process of its own")
      // The first process of a sandbox cannot be killed.
      expect(parent).toEqual({ ending: exited, stdout: ",,,10,false\nbefore\n" })
      expect(kills?.ending).toEqual({ _tag: "Signaled", signal: "SIGKILL" })
      // Whether the engine has given the copies up by now depends on which of the two was killed first.
      expect(after?.ending).toEqual(exited)
      expect(after?.stdout).toMatch(/^,,,10,false\na (copy|process of its own)\n$/)
    })
  )

  it.effect("gives programs that would notice a copy processes of their own", () =>
    Effect.gen(function* () {
      const executions = yield* runOn(`// performance\n${source}`, ["copied", "data"])
      expect(executions[0]?.stdout).toBe(",,,10,false\na process of its own\n")
    })
  )
})

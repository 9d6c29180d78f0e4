import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import type { TaskLanguage } from "../../../../src/domain/language.ts"
import { randomFor } from "../../../../src/domain/random.ts"
import { once } from "../../../../src/services/Sandbox/once.ts"
import { findPython } from "../../../../src/services/Sandbox/pythonInstallation.ts"
import { bytesOfText } from "../../../../src/services/Sandbox/textOfBytes.ts"
import { Sandbox } from "../../../../src/services/Sandbox.ts"
import { randomCpp } from "./cpp.ts"
import { randomPython } from "./python.ts"

/** What a program printed, as bytes in hexadecimal, and how it ended. */
interface Outcome {
  readonly stdout: string
  readonly ending: string
  /** The last line of its error. */
  readonly error: string
}

const python = once(findPython("python3", process.env))
const generators = { python: randomPython, cpp: randomCpp } as const
const environment = {
  PATH: process.env["PATH"],
  LANG: "C.UTF-8",
  PYTHONHASHSEED: "0",
  PYTHONIOENCODING: "utf-8:strict",
  PYTHONDONTWRITEBYTECODE: "1"
}
const limits = { timeMs: 60_000, memoryBytes: 512 * 2 ** 20, outputBytes: 2 ** 20 }

/** Runs a random program in the sandbox and as a plain process; each outcome by input. */
export const compared = (language: TaskLanguage, number: number) =>
  Effect.gen(function* () {
    const source = generators[language](number)
    const inputs = inputsOf(number)
    const { executable } = yield* python
    const plain = yield* Effect.promise(() => plainly(language, executable, source, inputs))
    const run = yield* (yield* Sandbox).run({ language, source, inputs, limits })
    if (run._tag === "CompileError") return { source, plain, sandboxed: run.diagnostics }
    const sandboxed = run.executions.map(
      ({ ending, stderr, stdout }): Outcome => ({
        stdout: bytesOfText(stdout).toString("hex"),
        ending: Object.values(ending).join(" "),
        error: lastLine(stderr)
      })
    )
    return { source, plain, sandboxed }
  })

const inputsOf = (number: number): ReadonlyArray<string> => {
  const { integer, pick } = randomFor("random programs", "inputs", number)
  const words = ["7", "-3", "word", "ünï", "\0", "\r\n", "\n", " ", "0x1f", "\udcff"]
  return Array.from({ length: 2 }, () =>
    Array.from({ length: integer(0, 12) }, () => pick(words)).join(pick(["", " ", "\n"]))
  )
}

const plainly = async (
  language: TaskLanguage,
  interpreter: string,
  source: string,
  inputs: ReadonlyArray<string>
): Promise<ReadonlyArray<Outcome>> => {
  const folder = mkdtempSync(join(tmpdir(), "seidr-test-"))
  try {
    const file = language === "python" ? "program.py" : "program.cpp"
    writeFileSync(join(folder, file), source)
    const command = language === "python" ? [interpreter, file] : [join(folder, "program")]
    if (language === "cpp") {
      const built = await executed(folder, ["g++", "-std=c++17", "-O0", "-w", "-o", "program", file], "")
      if (built.ending !== "Exited 0") throw new Error(built.error)
    }
    const outcomes: Array<Outcome> = []
    for (const input of inputs) outcomes.push(await executed(folder, command, input))
    return outcomes
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const executed = (cwd: string, [file, ...args]: ReadonlyArray<string>, input: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const options = { cwd, env: environment, encoding: "buffer", maxBuffer: 2 ** 22 } as const
    const child = execFile(file!, args, options, (_, stdout, stderr) =>
      resolve({
        stdout: stdout.toString("hex"),
        ending: child.signalCode === null ? `Exited ${child.exitCode}` : `Signaled ${child.signalCode}`,
        error: lastLine(stderr.toString("utf8"))
      })
    )
    // A program need not read what it is given.
    child.stdin?.on("error", () => undefined)
    child.stdin?.end(bytesOfText(input))
  })

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1) ?? ""

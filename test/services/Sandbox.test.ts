import { mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { Effect, Exit, FastCheck as fc, Layer } from "effect"
import { vi } from "vitest"
import { defaultLimits, type Execution, type Limits } from "../../src/domain/evaluation.ts"
import type { Language } from "../../src/domain/language.ts"
import { layer, type SandboxOptions } from "../../src/services/Sandbox/layer.ts"
import { findPython } from "../../src/services/Sandbox/pythonInstallation.ts"
import { bytesOfText, textOfBytes } from "../../src/services/Sandbox/textOfBytes.ts"
import { Sandbox } from "../../src/services/Sandbox.ts"

const sandbox = (options: Partial<SandboxOptions> = {}) =>
  Layer.fresh(layer({ unconfined: false, environment: process.env, ...options }))

const run = (
  source: string,
  inputs: ReadonlyArray<string>,
  { language = "python", ...limits }: Partial<Limits> & { readonly language?: Language } = {}
): Effect.Effect<ReadonlyArray<Execution>, unknown, Sandbox> =>
  Effect.gen(function* () {
    const result = yield* (yield* Sandbox).run({
      language,
      source,
      inputs,
      limits: { ...defaultLimits, ...limits }
    })
    return result._tag === "Ran" ? result.executions : yield* Effect.dieMessage(result.diagnostics)
  })

const stdouts = (executions: ReadonlyArray<Execution>) => executions.map(({ stdout }) => stdout)
const utf8 = fc.string({ unit: "binary" }).map((text) => Uint8Array.from(Buffer.from(text)))
const cat = "import sys, shutil; shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)"

describe("run", () => {
  it.layer(sandbox())((it) => {
    it.effect("answers in the order of the inputs", () =>
      Effect.gen(function* () {
        const inputs = Array.from({ length: 50 }, (_, index) => `${index}`)
        expect(stdouts(yield* run("print(input())", inputs))).toEqual(inputs.map((input) => `${input}\n`))
      })
    )

    it.effect.prop(
      "any bytes pass through unchanged",
      [fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), utf8))],
      ([inputs]) =>
        Effect.gen(function* () {
          const texts = inputs.map((input) => textOfBytes(Buffer.from(input)))
          const found = stdouts(yield* run(cat, texts))
          expect(found.map((stdout) => [...bytesOfText(stdout)])).toEqual(inputs.map((input) => [...input]))
        }),
      { fastCheck: { numRuns: 5 } }
    )

    it.effect("an empty list of inputs still tells whether the program compiles", () =>
      Effect.gen(function* () {
        expect(yield* run("print()", [])).toEqual([])
        expect(yield* Effect.exit(run("print(", []))).toSatisfy(Exit.isFailure)
      })
    )

    it.effect("judges by processor time, so that waiting a little is free", () =>
      Effect.gen(function* () {
        const [execution] = yield* run("import time; time.sleep(0.7)", [""], { timeMs: 500 })
        expect(execution?.ending).toEqual({ _tag: "Exited", code: 0 })
        expect(execution?.cpuMs).toBeLessThan(500)
        expect(execution?.wallMs).toBeGreaterThan(700)
      })
    )

    it.effect("skips the rest after three time limits in a row", () =>
      Effect.gen(function* () {
        const inputs = ["stop", "go", "stop", "stop", "stop", "go", "stop"]
        const executions = yield* run("while input() == 'stop': pass", ["stop\n".repeat(9), ...inputs], {
          timeMs: 300
        })
        expect(executions.map(({ ending }) => ending._tag)).toEqual(Array(8).fill("Exited"))
        const endless = yield* run("while input() == 'stop':\n  while True: pass", inputs, { timeMs: 300 })
        expect(endless.map(({ ending }) => ending._tag)).toEqual([
          "TimeLimit",
          "Exited",
          "TimeLimit",
          "TimeLimit",
          "TimeLimit",
          "Skipped",
          "Skipped"
        ])
      })
    )

    it.effect("every case starts in the same folder, with nothing of the case before", () =>
      Effect.gen(function* () {
        const source = `import os
print(os.getcwd(), os.listdir("."), os.listdir("/tmp"))
os.makedirs("a/b/c"); os.chmod("a/b", 0); os.symlink("/", "root"); os.mkfifo("pipe"); os.remove("program.py")`
        const left = "/tmp ['program.py'] ['program.py']\n"
        expect(stdouts(yield* run(source, ["", "", ""]))).toEqual([left, left, left])
      })
    )

    it.effect("hash seeds and addresses are the same every time", () =>
      Effect.gen(function* () {
        const python = "print(hash('x'), {'a', 'b', 'c', 'd'}, id(object()), id(print))"
        const cpp =
          '#include <cstdio>\n#include <cstdlib>\nint main() { std::printf("%p %p", std::malloc(1), std::puts); }'
        expect(yield* Effect.map(run(python, [""]), stdouts)).toEqual(
          yield* Effect.map(run(python, [""]), stdouts)
        )
        const [first, second] = stdouts(yield* run(cpp, ["", ""], { language: "cpp" }))
        expect(first).toBe(second)
        expect(stdouts(yield* run(cpp, [""], { language: "cpp" }))).toEqual([first])
      })
    )

    it.effect("nothing of the user's environment is seen", () =>
      Effect.gen(function* () {
        vi.stubEnv("OPENAI_API_KEY", "secret")
        const [execution] = yield* run("import os; print(*sorted(os.environ))", [""])
        vi.unstubAllEnvs()
        expect(execution?.stdout.trim().split(" ")).toEqual([
          "HOME",
          "LANG",
          "MALLOC_ARENA_MAX",
          "PATH",
          "PYTHONDONTWRITEBYTECODE",
          "PYTHONHASHSEED",
          "PYTHONIOENCODING",
          "TMPDIR",
          "TZ"
        ])
      })
    )

    it.effect("limits of memory mean the program's own", () =>
      Effect.gen(function* () {
        const fill = (bytes: number) => `x = b'x' * ${bytes}\nprint(len(x))`
        const limits = { memoryBytes: 64 * 2 ** 20 }
        const [within] = yield* run(fill(60 * 2 ** 20), [""], limits)
        const [beyond] = yield* run(fill(66 * 2 ** 20), [""], limits)
        expect([within?.ending._tag, beyond?.ending._tag]).toEqual(["Exited", "MemoryLimit"])
        expect(within?.memoryBytes).toBeGreaterThan(56 * 2 ** 20)
      })
    )
  })

  it.effect("a source with a NUL byte is not even looked at", () =>
    Effect.gen(function* () {
      const job = { language: "python", source: "print('\0')", inputs: [""], limits: defaultLimits } as const
      const result = yield* (yield* Sandbox).run(job)
      expect(result).toMatchObject({ _tag: "CompileError", diagnostics: expect.stringContaining("NUL") })
    }).pipe(Effect.provide(sandbox({ python: "no-such-python" })))
  )

  it.live("one lane and eight lanes give the same", () =>
    Effect.gen(function* () {
      const programs: ReadonlyArray<readonly [string, Partial<Limits>]> = [
        ...Array.from({ length: 4 }, (_, index) => [`print(${index} + int(input()))`, {}] as const),
        ["raise SystemExit(int(input()))", {}],
        ["print('x' * 10**6)", { outputBytes: 2 ** 16 }],
        ["print(len(b'x' * 10**9))", {}],
        ["while True: pass", { timeMs: 100 }]
      ]
      const all = Effect.forEach(
        programs,
        ([source, limits]) =>
          Effect.map(run(source, ["1", "2"], limits), (executions) =>
            executions.map(({ ending, stdout }) => [
              ...Object.values(ending),
              ending._tag === "Exited" ? stdout : ""
            ])
          ),
        { concurrency: "unbounded" }
      )
      const one = yield* Effect.provide(all, sandbox({ lanes: 1 }))
      expect(one.map(([first]) => first?.join(" "))).toEqual([
        ...["Exited 0 1\n", "Exited 0 2\n", "Exited 0 3\n", "Exited 0 4\n"],
        ...["Exited 1 ", "OutputLimit ", "MemoryLimit ", "TimeLimit "]
      ])
      expect(yield* Effect.provide(all, sandbox({ lanes: 8 }))).toEqual(one)
    })
  )
})

describe("a sandbox that breaks", () => {
  // Only without confinement can a program reach the process that runs it.
  const broken = sandbox({ unconfined: true, tiers: [] })
  let folder = ""
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "seidr-test-"))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const attack = (tries: number) => `import os
marks = os.path.join(${JSON.stringify(folder)}, "${tries}")
if os.path.exists(marks) and os.path.getsize(marks) >= ${tries}: print("ok")
else:
    open(marks, "a").write("x")
    os.kill(os.getppid(), 9)`

  it.live("is replaced once, and the program runs on", () =>
    Effect.gen(function* () {
      expect(stdouts(yield* run(attack(1), ["", ""]))).toEqual(["ok\n", "ok\n"])
    }).pipe(Effect.provide(broken))
  )

  it.live("twice at the same input, where another program runs well, is what the program does", () =>
    Effect.gen(function* () {
      expect(yield* run(attack(2), [""])).toMatchObject([
        {
          ending: { _tag: "Signaled", signal: "SIGKILL" },
          stderr: "it breaks its sandbox: the runner ended (SIGKILL)"
        }
      ])
    }).pipe(Effect.provide(broken))
  )
})

describe("toolchain", () => {
  it.effect("gives versions", () =>
    Effect.gen(function* () {
      const { toolchain } = yield* Sandbox
      expect(yield* toolchain("python")).toMatch(/^Python 3\.\d+\.\d+$/)
      expect(yield* toolchain("cpp")).toMatch(/\d+\.\d+/)
    }).pipe(Effect.provide(sandbox()))
  )

  it.effect("a missing compiler is named, with what to install", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "seidr-test-"))
      const { executable } = yield* findPython("python3", process.env)
      symlinkSync(executable, join(folder, "python3"))
      const withoutCompiler = sandbox({ environment: { ...process.env, PATH: `${folder}:/nowhere` } })
      const fault = yield* Effect.flip(run("int main() {}", [""], { language: "cpp" })).pipe(
        Effect.provide(withoutCompiler),
        Effect.ensuring(Effect.sync(() => rmSync(folder, { recursive: true })))
      )
      expect(fault).toMatchObject({ _tag: "ToolchainMissing", language: "C++" })
      expect(String(fault)).toContain("apt-get install g++")
    })
  )

  it.effect("a missing interpreter is named, with what to install", () =>
    Effect.gen(function* () {
      const fault = yield* Effect.flip((yield* Sandbox).tier)
      expect(fault.message).toMatch(/no-such-python is not installed.*apt-get install python3/)
    }).pipe(Effect.provide(sandbox({ python: "no-such-python" })))
  )
})

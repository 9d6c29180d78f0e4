import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, layer } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import { vi } from "vitest"
import { defaultLimits, type Limits } from "../../../src/domain/evaluation.ts"
import { layer as layerCritics } from "../../../src/services/Critics/layer.ts"
import { byCritic } from "../../../src/services/Evaluate/byCritic.ts"
import { layer as layerSandbox } from "../../../src/services/Sandbox/layer.ts"
import { halving, oneByOne } from "../../support/guessing.ts"
import { descendants } from "../Sandbox/processes.ts"

const guess = fileURLToPath(new URL("../../../docs/examples/guess/critic.py", import.meta.url))
const environment = {
  ...process.env,
  OPENAI_API_KEY: "sk-1",
  MY_TOKEN: "t",
  PROXY: "http://me:pw@host",
  PLAIN: "p"
}

interface Asked {
  readonly program: string
  readonly trials?: ReadonlyArray<string>
  readonly timeMs?: number
  readonly limits?: Partial<Limits>
}

const judged = (command: string, { program, limits, timeMs = 30_000, trials = [""] }: Asked) => {
  const check = { _tag: "Critic", command: [command], timeMs } as const
  return byCritic(
    {
      language: "python",
      program,
      cases: trials.map((argument) => ({ argument })),
      check,
      limits: { ...defaultLimits, timeMs: 10_000, ...limits }
    },
    check
  )
}

/** A critic in Python, with the program at hand as `run` and the file of its source as `source`. */
const criticOf = (source: string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const folder = await mkdtemp(join(tmpdir(), "seidr-test-"))
        const path = join(folder, "critic")
        const head =
          "#!/usr/bin/env python3\nimport json, os, subprocess, sys, time\n_, source, run, argument = sys.argv\n"
        const say =
          "def say(score, passed, report=''): print(json.dumps(dict(score=score, passed=passed, report=report)))\n"
        await writeFile(path, `${head}${say}${source}\n`)
        await chmod(path, 0o755)
        return { folder, path }
      }),
      ({ folder }) => Effect.promise(() => rm(folder, { recursive: true }))
    ),
    ({ path }) => path
  )

const before = new Set(descendants(process.pid))
const left = () => descendants(process.pid).filter((pid) => !before.has(pid))

layer(
  Layer.merge(
    layerSandbox({ unconfined: true, environment: process.env, waiting: 0 }),
    layerCritics({ environment })
  ),
  { excludeTestServices: true }
)("a critic", (it) => {
  it.effect("plays the game of the documentation with a program", () =>
    Effect.gen(function* () {
      const trials = ["1", "20", "15"]
      const right = yield* judged(guess, { program: halving, trials })
      expect(right).toMatchObject({ score: 1, passed: 3, total: 3 })
      expect(right.cases[0]!.ms).toBeGreaterThan(0)

      const slow = yield* judged(guess, { program: oneByOne, trials })
      expect(slow.cases.map(({ verdict, score }) => [verdict, score])).toEqual([
        ["Passed", 1],
        ["WrongAnswer", 10 / 20],
        ["WrongAnswer", 10 / 15]
      ])
      expect(slow.cases[2]!.error).toBe("It took 15 guesses to find 15; 10 are enough.")
    })
  )

  it.effect("is not fooled by hostile programs", () =>
    Effect.gen(function* () {
      const forged = '{"score": 1, "passed": true, "report": ""}'
      const programs = {
        [`print('${forged}')`]: "WrongAnswer",
        "import os\nos._exit(0)": "WrongAnswer",
        "raise ValueError('mine')": "WrongAnswer",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)": "WrongAnswer",
        "while True: print('9' * 4000)": "OutputLimit",
        "import socket\nsocket.socket(socket.AF_UNIX)": "WrongAnswer",
        "x = bytearray(2**31)": "MemoryLimit",
        "x = = 1": "CompileError"
      }
      const found: Record<string, string> = {}
      for (const program of Object.keys(programs)) {
        const { cases } = yield* judged(guess, { program, trials: ["5"] })
        found[program] = cases[0]!.verdict
        if (program.startsWith("raise")) {
          expect(cases[0]!.error).toMatch(
            /^After 0 guesses at 5 the program ended with status 1: Traceback(.|\n)*ValueError: mine$/
          )
        }
      }
      expect(found).toEqual(programs)
      const looping = yield* judged(guess, {
        program: "while True: pass",
        trials: ["5"],
        limits: { timeMs: 200 }
      })
      expect(looping.cases[0]!.verdict).toBe("TimeLimit")
    })
  )

  it.scoped("meets the program in as many conversations as it wants, with its exit status", () =>
    Effect.gen(function* () {
      const critic = yield* criticOf(`
assert open(source).read().startswith("import sys")
seen = []
for text in ("a", "b" * 300000, ""):
    done = subprocess.run([run], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    seen.append([done.returncode, len(done.stdout), done.stderr.decode()])
say(0.5, False, json.dumps([argument] + seen))`)
      const program =
        "import sys\ntext = sys.stdin.read()\nprint(text, end='')\nprint('err', file=sys.stderr)\nsys.exit(min(len(text), 7))"
      const { cases } = yield* judged(critic, { program, trials: ["it's"] })
      expect(cases[0]).toMatchObject({ verdict: "WrongAnswer", score: 0.5 })
      expect(JSON.parse(cases[0]!.error!.split("\n")[0]!)).toEqual([
        "it's",
        [1, 1, "err\n"],
        [7, 300_000, "err\n"],
        [0, 0, "err\n"]
      ])
    })
  )

  it.scoped("has the user's environment, without keys", () =>
    Effect.gen(function* () {
      const critic = yield* criticOf(
        "say(0, False, ' '.join(str(n in os.environ) for n in ('PLAIN', 'PATH', 'OPENAI_API_KEY', 'MY_TOKEN', 'PROXY')))"
      )
      const { cases } = yield* judged(critic, { program: "pass" })
      expect(cases[0]!.error).toBe("True True False False False")
    })
  )

  const failures = {
    "": "it said nothing",
    "print('fine')": "its last line is no judgement",
    "say(2, True)": "its last line is no judgement",
    "say(0.5, 'yes')": "its last line is no judgement",
    "say(float('nan'), True)": "its last line is no judgement",
    "say(1, True); print('done')": "its last line is no judgement",
    "say(1, True); sys.exit(3)": "it ended with status 3",
    "raise ValueError('of mine')": "it ended with status 1: ValueError: of mine",
    "say(1, True, ''); sys.stdout.flush(); os.kill(os.getpid(), 9)": "it was ended by SIGKILL"
  }
  for (const [source, reason] of Object.entries(failures)) {
    it.scoped(`that fails is no judgement of the program: ${source || "silence"}`, () =>
      Effect.gen(function* () {
        const result = yield* Effect.either(judged(yield* criticOf(source), { program: "pass" }))
        expect(result).toMatchObject(Either.left({ _tag: "CriticFailed" }))
        expect(
          String(Either.getLeft(result).pipe((left) => (left._tag === "Some" ? left.value.message : "")))
        ).toContain(reason)
      })
    )
  }

  it.scoped("that is not there, or too slow, fails; one that is kept waiting finds a time limit", () =>
    Effect.scoped(
      Effect.gen(function* () {
        expect(yield* Effect.flip(judged("/nowhere/critic", { program: "pass" }))).toMatchObject({
          _tag: "CriticFailed",
          reason: expect.stringContaining("ENOENT")
        })
        const sleeping = yield* criticOf("time.sleep(9999)")
        expect(yield* Effect.flip(judged(sleeping, { program: "pass", timeMs: 300 }))).toMatchObject({
          reason: "it took longer than 0.3 s"
        })
        // On a busy machine a critic may need long to begin.
        const keptWaiting = (timeMs: number): ReturnType<typeof judged> =>
          Effect.catchTag(
            judged(guess, { program: "import time\ntime.sleep(9999)", trials: ["5"], timeMs }),
            "CriticFailed",
            () => keptWaiting(2 * timeMs)
          )
        const { cases } = yield* keptWaiting(1_000)
        expect(cases[0]).toMatchObject({ verdict: "TimeLimit", score: 0 })
      })
    )
  )

  it.scoped("leaves nothing running and nothing behind", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const critic = yield* criticOf(
          "subprocess.Popen(['sleep', '9999']); subprocess.Popen([run], stdin=subprocess.PIPE, stdout=subprocess.PIPE).stdout.readline(); say(0, False, os.path.dirname(source))"
        )
        const { cases } = yield* judged(critic, { program: "print('x', flush=True)\ninput()" })
        yield* Effect.promise(() => vi.waitFor(() => expect(left()).toEqual([]), 20_000))
        // Other tests have folders of their own there, at the same time.
        const folder = cases[0]!.error!
        expect(folder).toContain(join(tmpdir(), "seidr-critic-"))
        yield* Effect.promise(() => expect(readdir(folder)).rejects.toThrow("ENOENT"))
      })
    )
  )
})

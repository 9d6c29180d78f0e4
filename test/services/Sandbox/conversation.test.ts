import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import type { Language } from "../../../src/domain/language.ts"
import { findExecutable } from "../../../src/services/Sandbox/host.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { type Conversation, Sandbox, type TalkJob } from "../../../src/services/Sandbox.ts"
import { descendants } from "./processes.ts"

const echoes: Partial<Record<Language, string>> = {
  python: "while True:\n    print('got', input(), flush=True)\n",
  cpp: '#include <iostream>\n#include <string>\nint main() { std::string s; while (std::cin >> s) std::cout << "got " << s << std::endl; }',
  java: 'import java.util.*;\npublic class Main { public static void main(String[] a) { Scanner s = new Scanner(System.in); while (s.hasNext()) System.out.println("got " + s.next()); } }',
  javascript:
    'require("readline").createInterface({ input: process.stdin }).on("line", (line) => console.log("got " + line))'
}

const jobOf = (language: Language, source: string, more: Partial<TalkJob> = {}): TalkJob => ({
  language,
  source,
  limits: defaultLimits,
  wallMs: 30_000,
  room: "one",
  ...more
})

/** Opens a program that compiles. */
const talkOf = (job: TalkJob) =>
  Effect.gen(function* () {
    const opened = yield* (yield* Sandbox).open(job)
    if (opened._tag !== "Open") return yield* Effect.dieMessage(opened.diagnostics)
    return opened.talk
  })

const say = ({ send }: Conversation, text: string) => send(Buffer.from(text))

/** What comes up to the end of a line. */
const line = ({ receive }: Conversation) =>
  Effect.gen(function* () {
    let text = ""
    while (!text.endsWith("\n")) {
      const piece = yield* receive
      if (piece === undefined) return text
      text += Buffer.from(piece).toString("utf8")
    }
    return text
  })

const rest = ({ receive }: Conversation) =>
  Effect.gen(function* () {
    let bytes = 0
    while (true) {
      const piece = yield* receive
      if (piece === undefined) return bytes
      bytes += piece.length
    }
  })

const before = new Set(descendants(process.pid))

for (const [name, tiers] of [
  ["user namespaces", ["user namespaces"]],
  ["unconfined", []]
] as const) {
  describe(`conversations, ${name}`, () => {
    it.layer(Layer.fresh(layer({ unconfined: true, environment: process.env, tiers, waiting: 0 })))((it) => {
      for (const [language, source] of Object.entries(echoes) as ReadonlyArray<[Language, string]>) {
        // A JVM takes its time, and is not everywhere.
        if (language === "java" && (tiers.length === 0 || findExecutable("javac", process.env) === undefined))
          continue
        it.scoped(`a program in ${language} answers while it runs, and again in a new process`, () =>
          Effect.gen(function* () {
            const talk = yield* talkOf(
              jobOf(language, source, { limits: { ...defaultLimits, timeMs: 20_000 } })
            )
            for (const words of [["one", "two"], ["three"]]) {
              const execution = yield* Effect.scoped(
                Effect.gen(function* () {
                  const conversation = yield* talk
                  for (const word of words) {
                    yield* say(conversation, `${word}\n`)
                    expect(yield* line(conversation)).toBe(`got ${word}\n`)
                  }
                  yield* conversation.end
                  expect(yield* rest(conversation)).toBe(0)
                  return yield* conversation.execution
                })
              )
              expect(execution.ending).toEqual({ _tag: "Exited", code: language === "python" ? 1 : 0 })
              expect(execution.cpuMs).toBeGreaterThan(0)
            }
          })
        )
      }

      const ends = (title: string, source: string, ending: object, more: Partial<TalkJob> = {}) =>
        it.scoped(title, () =>
          Effect.gen(function* () {
            const conversation = yield* yield* talkOf(jobOf("python", source, more))
            yield* rest(conversation)
            expect((yield* conversation.execution).ending).toEqual(ending)
          })
        )
      const quick = { limits: { ...defaultLimits, timeMs: 200 } }
      ends("its processor time is limited", "while True: pass", { _tag: "TimeLimit" }, quick)
      ends("so is its time by the clock", "input()", { _tag: "TimeLimit" }, { wallMs: 300 })
      ends("its memory is limited", "x = bytearray(2**30)", { _tag: "MemoryLimit" })
      ends("its output is limited", "while True: print('x' * 9999)", { _tag: "OutputLimit" })
      ends("a signal is told", "import os\nos.kill(os.getpid(), 9)", { _tag: "Signaled", signal: "SIGKILL" })

      it.scoped("it is ended with the scope, and a new one begins", () =>
        Effect.gen(function* () {
          const talk = yield* talkOf(jobOf("python", "print('here', flush=True)\nwhile True: input()"))
          for (let time = 0; time < 3; time++) {
            yield* Effect.scoped(
              Effect.gen(function* () {
                expect(yield* line(yield* talk)).toBe("here\n")
              })
            )
          }
        })
      )

      it.scoped(
        "a program that is not listened to waits, one that does not read keeps its partner waiting",
        () =>
          Effect.gen(function* () {
            const flood = "import sys\nfor i in range(9): print('x' * 99_999, flush=True)\nprint(input())"
            const conversation = yield* yield* talkOf(jobOf("python", flood))
            yield* say(conversation, "read\n")
            expect(yield* rest(conversation)).toBe(900_005)
            expect((yield* conversation.execution).ending).toEqual({ _tag: "Exited", code: 0 })

            const deaf = yield* yield* talkOf(
              jobOf("python", "input()\nprint('no more', flush=True)\ninput()", { room: "none" })
            )
            yield* say(deaf, "x\n")
            expect(yield* line(deaf)).toBe("no more\n")
            const sending = yield* Effect.fork(say(deaf, "x".repeat(2 ** 22)))
            yield* Effect.yieldNow()
            expect(sending.unsafePoll()).toBeNull()
          })
      )

      it.scoped("a source that does not compile, or has a NUL byte, is not opened", () =>
        Effect.gen(function* () {
          const { open } = yield* Sandbox
          for (const source of ["x = = 1", "x = '\0'"]) {
            expect(yield* open(jobOf("python", source))).toMatchObject({ _tag: "CompileError" })
          }
        })
      )

      it.scoped("nothing is left running", () =>
        Effect.promise(() =>
          vi.waitFor(
            () => expect(descendants(process.pid).filter((pid) => !before.has(pid))).toEqual([]),
            20_000
          )
        )
      )
    })
  })
}

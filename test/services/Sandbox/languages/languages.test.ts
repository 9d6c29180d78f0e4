import { existsSync, readFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import { defaultLimits, type Execution } from "../../../../src/domain/evaluation.ts"
import { Language, languages } from "../../../../src/domain/language.ts"
import { layer } from "../../../../src/services/Sandbox/layer.ts"
import { type Job, Sandbox } from "../../../../src/services/Sandbox.ts"

type Cases = ReadonlyArray<{ readonly input: string; readonly expected: RegExp }>

/** What each program does with each input, and the end that this has to have. */
const cases: Cases = [
  { input: "echo\nabc\n\n  d  e\n", expected: /^Exited 0: "abc\\n\\n {2}d {2}e\\n"$/ },
  { input: "add\n2 30\n10", expected: /^Exited 0: "42\\n"$/ },
  { input: "exit\n", expected: /^Exited 3: ""$/ },
  { input: "echo\nÄß — ∀x∈ℝ 日本 😀\n", expected: /^Exited 0: "Äß — ∀x∈ℝ 日本 😀\\n"$/ },
  { input: "fail\n", expected: /^(?:Exited (?!0)\d+|Signaled SIGABRT): ""$/ },
  { input: "fill\n", expected: /^MemoryLimit/ },
  { input: "add\n1", expected: /^Exited 0: "1\\n"$/ }
]

const stopped: Cases = [
  { input: "loop\n", expected: /^TimeLimit/ },
  { input: "echo\nagain\n", expected: /^Exited 0: "again\\n"$/ }
]
/** They take seconds to start, and more on a busy machine. */
const slow: ReadonlySet<Language> = new Set(["clojure", "kotlin", "scala", "julia"])

const sandbox = layer({ unconfined: false, environment: process.env })
const sourceOf = (language: Language): string | undefined => {
  // What the formatter and the compiler must not take for theirs ends in `.txt`.
  const files = ["", ".txt"].map(
    (end) => new URL(`./programs/${languages[language].fileName}${end}`, import.meta.url)
  )
  const file = files.find((candidate) => existsSync(candidate))
  return file === undefined ? undefined : readFileSync(file, "utf8")
}

const { present, why } = await Effect.runPromise(
  Effect.gen(function* () {
    const { toolchain } = yield* Sandbox
    const found = yield* Effect.forEach(Language.literals, (language) =>
      Effect.map(Effect.either(toolchain(language)), (either) => [language, either] as const)
    )
    const present = found.flatMap(([language, either]) => (Either.isRight(either) ? [language] : []))
    const why = new Map(
      found.map(([language, either]) => [
        language,
        Either.isLeft(either) ? "its tool chain is absent" : either.right
      ])
    )
    return { present, why }
  }).pipe(Effect.provide(Layer.fresh(sandbox)))
)

const text = ({ ending, stdout }: Execution): string => {
  const code =
    ending._tag === "Exited" ? ` ${ending.code}` : ending._tag === "Signaled" ? ` ${ending.signal}` : ""
  return `${ending._tag}${code}: ${JSON.stringify(stdout)}`
}

/** One program per language, on every tool chain that is here; the others are named and left out. */
describe("languages", () => {
  it.layer(Layer.fresh(sandbox))((it) => {
    for (const language of Language.literals) {
      const source = sourceOf(language)
      const job = (source: string, inputs: ReadonlyArray<string>, timeMs = 60_000): Job => ({
        language,
        source,
        inputs,
        limits: { ...defaultLimits, timeMs, memoryBytes: 256 * 2 ** 20 }
      })
      const missing = source === undefined ? "there is no program for it" : why.get(language)
      describe.skipIf(source === undefined || !present.includes(language))(
        `${languages[language].title} (${missing})`,
        () => {
          const does = (tried: Cases, timeMs?: number) =>
            Effect.gen(function* () {
              const { run } = yield* Sandbox
              const inputs = tried.map(({ input }) => input)
              const result = yield* run(job(source!, inputs, timeMs))
              expect(result).toMatchObject({ _tag: "Ran" })
              const executions = result._tag === "Ran" ? result.executions : []
              expect(executions.map(text)).toEqual(
                tried.map(({ expected }) => expect.stringMatching(expected))
              )
            })
          it.effect("does what a program may do, and what it may not", () => does(cases))
          it.effect("is stopped", () => does(stopped, slow.has(language) ? 12_000 : 4_000))
          it.effect("tells what does not compile", () =>
            Effect.gen(function* () {
              const { run } = yield* Sandbox
              const result = yield* run(job(`${source}\n)]} = "`, []))
              expect(result._tag).toBe(language === "clojure" ? "Ran" : "CompileError")
            })
          )
        }
      )
    }
  })
})

import { execFile } from "node:child_process"
import { rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { evaluationOf, noProgram } from "../../src/domain/evaluation.ts"
import { layerSqlite } from "../../src/services/EvaluationCache/sqlite.ts"
import { EvaluationCache, layerNone } from "../../src/services/EvaluationCache.ts"
import { temporaryLog } from "../support/temporaryLog.ts"
import { passed, sample } from "./EvaluationCache/evaluations.ts"

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const measured = { score: 0, ms: 1, memoryBytes: 1 }

/** Does something with a cache, which is closed afterwards. */
const using = <A>(file: string, work: Effect.Effect<A, never, EvaluationCache>, mostBytes = 2 ** 28) =>
  Effect.provide(work, layerSqlite({ file, mostBytes }))

const get = (key: string) => Effect.flatMap(EvaluationCache, (cache) => cache.get(key))
const put = (key: string, evaluation = sample()) =>
  Effect.flatMap(EvaluationCache, (cache) => cache.put(key, evaluation))

const adapters = {
  sqlite: (file: string) => layerSqlite({ file }),
  none: () => layerNone
} as const

for (const [name, adapter] of Object.entries(adapters)) {
  describe(`every cache: ${name}`, () => {
    const inCache = <A, E>(work: Effect.Effect<A, E, EvaluationCache>) =>
      Effect.scoped(Effect.flatMap(temporaryLog, (file) => Effect.provide(work, adapter(file))))

    it.effect("has nothing under an unknown key", () =>
      inCache(
        Effect.gen(function* () {
          yield* put("a")
          expect(yield* get("b")).toBeUndefined()
        })
      )
    )

    it.effect("gives back what it was given, whole, or nothing", () =>
      inCache(
        Effect.gen(function* () {
          yield* put("a")
          expect([undefined, sample()]).toContainEqual(yield* get("a"))
        })
      )
    )

    const unsteady = {
      "a time limit": evaluationOf([passed, { ...measured, verdict: "TimeLimit" }]),
      "a memory limit": evaluationOf([passed, { ...measured, verdict: "MemoryLimit" }]),
      "a skipped case": evaluationOf([passed, { ...measured, verdict: "Skipped" }]),
      "a kill": evaluationOf([{ ...measured, verdict: "RuntimeError", signal: "SIGKILL" }]),
      "no program": noProgram(2)
    }
    for (const [what, evaluation] of Object.entries(unsteady)) {
      it.effect(`does not keep ${what}`, () =>
        inCache(
          Effect.gen(function* () {
            yield* put("a", evaluation)
            expect(yield* get("a")).toBeUndefined()
          })
        )
      )
    }
  })
}

describe("the cache in SQLite", () => {
  const scoped = <A, E>(work: (file: string) => Effect.Effect<A, E>) =>
    Effect.scoped(Effect.flatMap(temporaryLog, work))

  it.effect("outlives its process, and makes the folders that it needs", () =>
    scoped((log) =>
      Effect.gen(function* () {
        const file = join(dirname(log), "deep", "er", "cache.db")
        yield* using(file, put("a"))
        expect(yield* using(file, get("a"))).toEqual(sample())
      })
    )
  )

  it.effect("stays within its size, and drops what was not asked for the longest", () =>
    scoped((file) =>
      Effect.gen(function* () {
        const noise = (index: number) => {
          const evaluation = sample()
          const error = Array.from({ length: 4_000 }, (_, at) =>
            ((at * 7919 + index * 104729) % 65521).toString(36)
          )
          return evaluationOf([
            ...evaluation.cases,
            { ...measured, verdict: "CompileError", error: error.join("") }
          ])
        }
        const most = 400_000
        const left = yield* using(
          file,
          Effect.gen(function* () {
            for (let index = 0; index < 100; index++) {
              yield* put(String(index), noise(index))
              yield* get("0")
            }
            return yield* Effect.forEach([0, 1, 99], (index) => get(String(index)))
          }),
          most
        )
        expect(left.map((found) => found !== undefined)).toEqual([true, false, true])
        expect(statSync(file).size).toBeLessThan(2 * most)
      })
    )
  )

  it.effect("is shared by processes that write at once", () =>
    scoped((file) =>
      Effect.gen(function* () {
        const viteNode = place("../../node_modules/vite-node/vite-node.mjs")
        const writer = place("./EvaluationCache/writer.ts")
        const write = (name: string) =>
          Effect.promise(() => promisify(execFile)(process.execPath, [viteNode, writer, file, name]))
        const answers = yield* Effect.forEach(["a", "b", "c"], write, { concurrency: "unbounded" })
        expect(answers.map(({ stdout }) => stdout)).toEqual(["100", "100", "100"])
        expect(yield* using(file, get("b-99"))).toEqual(sample(99))
      })
    )
  )

  it.effect("may be deleted while it is open", () =>
    scoped((file) =>
      Effect.gen(function* () {
        yield* using(
          file,
          Effect.gen(function* () {
            yield* put("a")
            for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true })
            yield* put("b")
            yield* get("b")
          })
        )
        expect(yield* using(file, get("a"))).toBeUndefined()
      })
    )
  )

  it.effect("leaves a file that is not its own as it was, and does without", () =>
    scoped((file) =>
      Effect.gen(function* () {
        writeFileSync(file, "notes, and no database at all; ".repeat(100))
        expect(yield* using(file, Effect.zipRight(put("a"), get("a")))).toBeUndefined()
        expect(statSync(file).size).toBe(3_100)
        rmSync(file)
        const other = new Database(file)
        other.exec("CREATE TABLE mine (x)")
        other.close()
        expect(yield* using(file, Effect.zipRight(put("a"), get("a")))).toBeUndefined()
      })
    )
  )
})

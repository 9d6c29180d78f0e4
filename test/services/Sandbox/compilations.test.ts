import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { makeCompilations } from "../../../src/services/Sandbox/compilations.ts"
import { makeCompiledFolder, noFolder } from "../../../src/services/Sandbox/compiledFolder.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "seidr-test-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

describe("the folder of compiled programs", () => {
  it.scopedLive("gives back what it was given, and nothing that is damaged", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "compiled")
      const kept = makeCompiledFolder(path)
      const program = Buffer.from("a\nprogram\0")
      expect(yield* kept.read("key")).toBeUndefined()
      yield* kept.write("key", program)
      expect(yield* makeCompiledFolder(path).read("key")).toEqual(program)
      expect(readdirSync(path)).toEqual(["key"])
      truncateSync(join(path, "key"), 80)
      expect(yield* kept.read("key")).toBeUndefined()
      expect(readdirSync(path)).toEqual([])
      for (const garbage of ["", "\n", "no such thing", `seidr-compiled-1 ${"0".repeat(64)}\nx`]) {
        writeFileSync(join(path, "key"), garbage)
        expect(yield* kept.read("key")).toBeUndefined()
      }
    })
  )

  it.scopedLive("is bounded: a new one takes the place of old ones", () =>
    Effect.gen(function* () {
      const path = yield* folder
      for (const key of ["a", "b", "c"])
        yield* makeCompiledFolder(path, 2_500).write(key, Buffer.alloc(1_000))
      expect(readdirSync(path)).toHaveLength(2)
    })
  )

  it.scopedLive("that cannot be written to is done without", () =>
    Effect.gen(function* () {
      const file = join(yield* folder, "file")
      writeFileSync(file, "")
      const kept = makeCompiledFolder(join(file, "compiled"))
      yield* kept.write("key", Buffer.alloc(1))
      expect(yield* kept.read("key")).toBeUndefined()
    })
  )
})

describe("compilations", () => {
  it.effect("a program is made once where several want it, and while its cases still run", () =>
    Effect.gen(function* () {
      const { use } = makeCompilations(noFolder)
      const hasBegun = yield* Deferred.make<void>()
      const mayMake = yield* Deferred.make<void>()
      const first = yield* Effect.fork(
        use("key", ({ made }) =>
          Effect.gen(function* () {
            yield* Deferred.succeed(hasBegun, undefined)
            yield* Deferred.await(mayMake)
            made(Buffer.from("program"))
            return yield* Effect.never
          })
        )
      )
      yield* Deferred.await(hasBegun)
      const others = yield* Effect.fork(
        Effect.all(
          [1, 2].map(() => use("key", ({ known }) => Effect.sync(() => known()?.toString()))),
          { concurrency: 2 }
        )
      )
      expect(yield* use("another", () => Effect.succeed("at once"))).toBe("at once")
      yield* Deferred.succeed(mayMake, undefined)
      expect(yield* Fiber.join(others)).toEqual(["program", "program"])
      yield* Fiber.interrupt(first)
    })
  )

  it.effect("who waits makes it where the first one has failed or was interrupted", () =>
    Effect.gen(function* () {
      const { use } = makeCompilations(noFolder)
      const hasBegun = yield* Deferred.make<void>()
      const first = yield* Effect.fork(
        use("key", () => Effect.zipRight(Deferred.succeed(hasBegun, undefined), Effect.never))
      )
      yield* Deferred.await(hasBegun)
      const second = yield* Effect.fork(use("key", ({ known }) => Effect.succeed(known() ?? "none")))
      yield* Fiber.interrupt(first)
      expect(yield* Fiber.join(second)).toBe("none")
    })
  )
})

describe("a sandbox with a folder of compiled programs", () => {
  const program = (text: string) => `#include <stdio.h>\nint main(void) { printf("${text}"); return 0; }\n`
  const output = (compiled: string, source: string) =>
    Effect.gen(function* () {
      const { run } = yield* Sandbox
      const result = yield* run({ language: "c", source, inputs: [""], limits: defaultLimits })
      return result._tag === "Ran" ? result.executions[0]?.stdout : result.diagnostics
    }).pipe(Effect.provide(layer({ unconfined: false, environment: process.env, compiled, waiting: 0 })))

  it.scopedLive("runs what an earlier process has compiled, unless it is damaged", () =>
    Effect.gen(function* () {
      const path = yield* folder
      expect(yield* output(path, program("one"))).toBe("one")
      const [one] = readdirSync(path)
      expect(yield* output(path, program("two"))).toBe("two")
      const two = readdirSync(path).find((name) => name !== one)
      // That the kept program is taken shows when it is another's.
      writeFileSync(join(path, one!), readFileSync(join(path, two!)))
      expect(yield* output(path, program("one"))).toBe("two")
      truncateSync(join(path, one!), 1_000)
      expect(yield* output(path, program("one"))).toBe("one")
    })
  )
})

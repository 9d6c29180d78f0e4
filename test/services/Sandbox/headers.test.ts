import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { includesOf } from "../../../src/services/Sandbox/headers.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"

describe("includesOf", () => {
  const rows = [
    [
      "#include <vector>\n// numbers\n\n  # include <map> // too\nint main() {}",
      "#include <vector>\n#include <map>\n"
    ],
    ["using namespace std;\n#include <vector>", undefined],
    ['#include "/etc/passwd"\n', undefined],
    ["#include <../secret>\n", undefined],
    ["#include </etc/passwd>\n", undefined],
    ["#define NDEBUG\n#include <cassert>\n", undefined],
    ["#include <vector>\n#define NDEBUG\n#include <cassert>\n", "#include <vector>\n"],
    ["#include <vector>\n// on and on \\\n#include <map>\n", "#include <vector>\n"],
    ["/* no\n#include <vector>\n*/", undefined]
  ] as const
  for (const [source, expected] of rows) {
    it(JSON.stringify(source), () => expect(includesOf(source)).toBe(expected))
  }
})

describe("precompiled headers", () => {
  const folder = Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "seidr-test-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  const program = (number: number) => `#include <cstdio>\nint main() { std::printf("${number}"); }`
  const broken = "#include <cstdio>\nint main() { std::printf(; }"

  it.scopedLive("are made at the second sight of the same includes, and change no outcome", () =>
    Effect.gen(function* () {
      const headers = join(yield* folder, "headers")
      const made = () => readdirSync(headers).filter((name) => !name.startsWith("."))
      yield* Effect.gen(function* () {
        const { run } = yield* Sandbox
        const of = (source: string) =>
          Effect.map(run({ language: "cpp", source, inputs: [""], limits: defaultLimits }), (result) =>
            result._tag === "Ran" ? result.executions[0]?.stdout : result.diagnostics
          )
        const diagnostics = yield* of(broken)
        expect(yield* of(program(1))).toBe("1")
        yield* Effect.promise(() => vi.waitFor(() => expect(made().length).toBe(1), { timeout: 110_000 }))
        expect(yield* of(program(2))).toBe("2")
        // It is read: with what stands in it now, a program prints something else.
        const place = join(headers, made()[0]!)
        writeFileSync(join(place, "program.hpp.gch"), "damaged")
        writeFileSync(
          join(place, "program.hpp"),
          '#include <cstdio>\n#define main() main() { std::puts("header"); } int other()\n'
        )
        expect(yield* of(program(4))).toBe("header\n")
        expect(yield* of(`${broken}\n`)).toBe(diagnostics)
        rmSync(join(headers, made()[0]!), { recursive: true })
        expect(yield* of(program(3))).toBe("3")
      }).pipe(Effect.provide(Layer.fresh(layer({ unconfined: false, environment: process.env, headers }))))
    })
  )
})

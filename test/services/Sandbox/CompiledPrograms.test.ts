import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { CompiledPrograms } from "../../../src/services/Sandbox/CompiledPrograms.ts"
import { drivers } from "../../../src/services/Sandbox/languages.ts"
import { findPython } from "../../../src/services/Sandbox/pythonInstallation.ts"
import { runInSandbox } from "../../../src/services/Sandbox/session.ts"
import { userNamespaces } from "../../../src/services/Sandbox/tiers/userNamespaces.ts"

describe("compiled programs", () => {
  it("the longest unused are dropped beyond 64 MB", () => {
    const programs = new CompiledPrograms()
    for (const name of ["a", "b"]) programs.set(name, Buffer.alloc(30 * 2 ** 20))
    programs.get("a")
    programs.set("c", Buffer.alloc(30 * 2 ** 20))
    expect(["a", "b", "c"].map((name) => programs.get(name) !== undefined)).toEqual([true, false, true])
  })

  it.effect("take the place of a compilation", () =>
    Effect.gen(function* () {
      const python = yield* findPython("python3", process.env)
      const toolchain = yield* drivers.cpp.find(process.env, python)
      const run = (source: string, compiled?: Buffer) =>
        runInSandbox({
          confinement: userNamespaces(python),
          toolchain,
          job: { language: "cpp", source, inputs: ["", ""], limits: defaultLimits },
          skipAfter: 3,
          stopMs: defaultLimits.timeMs,
          compiled
        })
      const first = yield* run('#include <cstdio>\nint main() { std::printf("one"); }')
      const second = yield* run("not C++ at all", first.compiled)
      expect(second.executions.map(({ stdout }) => stdout)).toEqual(["one", "one"])
      expect(second.compiled).toBeUndefined()
    })
  )
})

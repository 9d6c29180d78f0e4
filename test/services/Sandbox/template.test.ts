import { describe, expect, it } from "@effect/vitest"
import { Effect, Either } from "effect"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"
import { forEveryUser } from "./drivers.ts"

const run = (source: string, inputs: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sandbox = yield* Sandbox
    const limits = { ...defaultLimits, timeMs: 10_000 }
    const done = yield* sandbox.run({ language: "python", source, inputs, limits })
    return done._tag === "CompileError" ? [] : done.executions.map(({ stdout }) => stdout)
  })

/** Where it is alone with the sandbox's own processes. */
const others = `import os, signal
assert os.getppid() == 1
others = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, os.getpid())]`

describe.skipIf(process.platform !== "linux")("what one case of a Python program leaves to the next", () => {
  // The runner prepares for many cases before the 24th. Large inputs are sent one by one: nobody waits for the next.
  const many = Array.from({ length: 30 }, () => `x${" ".repeat(2 ** 19)}\n`)

  it.live(
    "a stopped template is let go on to be prepared",
    (context) =>
      Effect.gen(function* () {
        const sandbox = yield* Sandbox
        if (Either.isLeft(yield* Effect.either(sandbox.tier))) return context.skip("there are no namespaces")
        const source = `${others}
for pid in others: os.kill(pid, signal.SIGSTOP)
print("done")`
        expect(yield* run(source, many)).toEqual(many.map(() => "done\n"))
      }).pipe(
        Effect.provide(
          layer({
            unconfined: false,
            environment: forEveryUser,
            tiers: ["bubblewrap", "user namespaces"],
            waiting: 0
          })
        )
      ),
    60_000
  )

  it.live("nothing is noted on the folder itself", () =>
    Effect.gen(function* () {
      const source = `import os
def notes():
    try:
        return os.listxattr(".")
    except OSError:
        return []
print([name for name in notes() if name.startswith("user.")], oct(os.stat(".").st_mode))
try:
    os.setxattr(".", "user.case", b"1")
except OSError:
    pass
os.chmod(".", 0o1777)`
      const [first, ...rest] = yield* run(source, ["", "", ""])
      expect(first).toMatch(/^\[\] /)
      expect(rest).toEqual([first, first])
    }).pipe(Effect.provide(layer({ unconfined: true, environment: forEveryUser, waiting: 0 })))
  )
})

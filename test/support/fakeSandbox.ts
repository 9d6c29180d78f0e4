import { Effect, Layer } from "effect"
import { Critics } from "../../src/services/Critics.ts"
import { type Job, Sandbox, type SandboxError } from "../../src/services/Sandbox.ts"
import { runSmallProgram } from "./smallPrograms.ts"

/** A sandbox for small programs; `before` is done before each run, and may take its time or fail. */
export const fakeSandbox = (
  before: (job: Job) => Effect.Effect<void, SandboxError> = () => Effect.void
): Layer.Layer<Sandbox | Critics> =>
  Layer.merge(
    noCritics,
    Layer.succeed(Sandbox, {
      tier: Effect.succeed({ name: "pretended", detail: "" }),
      toolchain: () => Effect.succeed("small programs 1"),
      identity: () => Effect.succeed("small programs 1"),
      run: (job) => Effect.as(before(job), runSmallProgram(job.source, job.inputs)),
      open: () => Effect.dieMessage("small programs are not talked with")
    })
  )

/** Where there is no critic. */
export const noCritics = Layer.succeed(Critics, {
  consult: () => Effect.dieMessage("there is no critic"),
  filesOf: () => Effect.succeed([])
})

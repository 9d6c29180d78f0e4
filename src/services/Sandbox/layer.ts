import { Effect, Layer } from "effect"
import type { Execution, ProgramRun } from "../../domain/evaluation.ts"
import { hashOf } from "../../domain/hash.ts"
import { Language, languages } from "../../domain/language.ts"
import {
  type Job,
  Sandbox,
  type SandboxError,
  SandboxFailed,
  SandboxUnavailable,
  type Tier,
  ToolchainMissing
} from "../Sandbox.ts"
import { CompiledPrograms } from "./CompiledPrograms.ts"
import { provesConfined } from "./canary.ts"
import { type Confinement, unconfined, userNamespaces } from "./confinement.ts"
import type { Environment } from "./host.ts"
import { drivers } from "./languages.ts"
import { once } from "./once.ts"
import { findPython } from "./pythonInstallation.ts"
import { runInSandbox } from "./session.ts"

export interface SandboxOptions {
  /** Whether programs may run without confinement where none can be had. */
  readonly unconfined: boolean
  /** Where tool chains are looked for: the environment of the process. No program sees it. */
  readonly environment: Environment
  /** Sandboxes at once; default 2. */
  readonly lanes?: number
  /** After how many time limits in a row a program's remaining inputs are `Skipped`; default 3. */
  readonly skipAfter?: number
  /** The interpreter that runs sandboxes and Python programs: a name or a path; default `python3`. */
  readonly python?: string
  /** Ways to confine, best first, each used only if the canary proves it. Default: user namespaces. */
  readonly tiers?: ReadonlyArray<"user namespaces">
}

/** One way to run programs that has been proved, or been allowed, on this machine. */
interface Ground {
  readonly tier: Tier
  readonly confinement: Confinement
}

/** Programs in sandboxes of this machine's kernel, each program in one of its own. */
export const layer = (options: SandboxOptions): Layer.Layer<Sandbox> =>
  Layer.sync(Sandbox, () => {
    const { environment, lanes = 2, python: name = "python3", skipAfter = 3 } = options
    const permits = Effect.unsafeMakeSemaphore(lanes)
    const compiledPrograms = new CompiledPrograms()
    const python = once(
      findPython(name, environment).pipe(
        Effect.mapError(
          (reason) =>
            new ToolchainMissing({
              language: "Python",
              advice: `${reason}; every sandbox needs Python 3.8 or later (Debian and Ubuntu: apt-get install python3)`
            })
        )
      )
    )
    const ground = once(Effect.flatMap(python, (found) => findGround(found, options)))
    const toolchains = new Map(
      Language.literals.map((language) => [
        language,
        once(Effect.flatMap(python, (found) => drivers[language].find(environment, found)))
      ])
    )
    const readied = new Map(
      Language.literals.map((language) => {
        const { ready = Effect.succeed } = drivers[language]
        return [
          language,
          once(Effect.flatMap(toolchains.get(language)!, (found) => ready(found, environment)))
        ]
      })
    )

    const run = Effect.fn("Sandbox.run")(function* (job: Job) {
      if (job.source.includes("\0"))
        return refusal(`${languages[job.language].fileName}: the source has a NUL byte`)
      const { confinement, tier } = yield* ground
      const toolchain = yield* readied.get(job.language)!
      const key = hashOf(job.language, toolchain.version, job.source)
      const attempt = (keep: Array<Execution>) =>
        runInSandbox({ confinement, toolchain, job, skipAfter, compiled: compiledPrograms.get(key) }, keep)
      const result = yield* permits.withPermits(1)(withSecondChance(attempt, tier))
      if (result.compiled !== undefined) compiledPrograms.set(key, result.compiled)
      return result.diagnostics === undefined
        ? ({ _tag: "Ran", executions: result.executions } satisfies ProgramRun)
        : refusal(result.diagnostics)
    })

    return {
      tier: Effect.map(ground, ({ tier }) => tier),
      toolchain: Effect.fn("Sandbox.toolchain")((language: Language) =>
        Effect.map(toolchains.get(language)!, ({ version }) => version)
      ),
      run
    }
  })

const refusal = (diagnostics: string): ProgramRun => ({ _tag: "CompileError", diagnostics })

/** A fault says nothing about the program, unless the same input meets it again in a fresh sandbox. */
const withSecondChance = <A>(
  attempt: (keep: Array<Execution>) => Effect.Effect<A, { readonly reason: string }>,
  tier: Tier
): Effect.Effect<A, SandboxFailed> =>
  Effect.suspend(() => {
    const executions: Array<Execution> = []
    let faultAt = -1
    const go = (): Effect.Effect<A, SandboxFailed> =>
      Effect.catchAll(attempt(executions), ({ reason }) => {
        if (executions.length === faultAt) return new SandboxFailed({ tier: tier.name, reason })
        faultAt = executions.length
        return go()
      })
    return go()
  })

const findGround = Effect.fn("Sandbox.findGround")(function* (
  python: Effect.Effect.Success<ReturnType<typeof findPython>>,
  { environment, tiers = ["user namespaces"], unconfined: allowed }: SandboxOptions
): Effect.fn.Return<Ground, SandboxError> {
  const toolchain = yield* drivers.python.find(environment, python)
  const confinement = userNamespaces(python)
  const proof = tiers.includes("user namespaces")
    ? yield* Effect.either(provesConfined(confinement, toolchain))
    : ({ _tag: "Left", left: "no way to confine was asked for" } as const)
  if (proof._tag === "Right") {
    const detail =
      "namespaces of its own, a private file system, no network, no privileges; proved by a canary"
    return { tier: { name: "user namespaces", detail }, confinement }
  }
  const reason = `user namespaces: ${proof.left}`
  if (!allowed) return yield* new SandboxUnavailable({ reason })
  return { tier: { name: "unconfined", detail: reason }, confinement: unconfined(python) }
})

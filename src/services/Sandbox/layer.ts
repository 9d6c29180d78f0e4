import { Effect, Layer, Scope } from "effect"
import type { Execution, ProgramRun } from "../../domain/evaluation.ts"
import { canonicalJson, hashOf } from "../../domain/hash.ts"
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
import { provesConfined } from "./canary.ts"
import { type Compilation, makeCompilations, uncompiled } from "./compilations.ts"
import { makeCompiledFolder, noFolder } from "./compiledFolder.ts"
import { type Confinement, unconfined, userNamespaces } from "./confinement.ts"
import type { Toolchain } from "./driver.ts"
import { runFairly, stopBeside } from "./fairness.ts"
import { makeHeaders, noHeaders } from "./headers.ts"
import type { Environment } from "./host.ts"
import { makeLanes } from "./lanes.ts"
import { drivers } from "./languages.ts"
import { once } from "./once.ts"
import { findPython } from "./pythonInstallation.ts"
import { runnerVersion } from "./runnerVersion.ts"
import { runInSandbox, type SandboxJob } from "./session.ts"
import { withWaiting } from "./waiting.ts"

export interface SandboxOptions {
  /** Whether programs may run without confinement where none can be had. */
  readonly unconfined: boolean
  /** Where tool chains are looked for: the environment of the process. No program sees it. */
  readonly environment: Environment
  /** Sandboxes at once; default 2. */
  readonly lanes?: number
  /** A folder for precompiled headers, shared by processes; without it there are none. */
  readonly headers?: string
  /** A folder for compiled programs, shared by processes; without it they are remembered as long as the layer lives. */
  readonly compiled?: string
  /** Sandboxes that wait ready for the next program; default as many as lanes. Only confined ones wait. */
  readonly waiting?: number
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
  Layer.scoped(
    Sandbox,
    Effect.gen(function* () {
      const { environment, lanes = 2, waiting = lanes, python: name = "python3", skipAfter = 3 } = options
      const { alone, shared } = makeLanes(lanes)
      const compilations = makeCompilations(
        options.compiled === undefined ? noFolder : makeCompiledFolder(options.compiled)
      )
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
      const scope = yield* Effect.scope
      const ground = once(
        Effect.gen(function* () {
          const found = yield* findGround(yield* python, options)
          if (found.tier.name === "unconfined") return { ...found, headers: noHeaders }
          const confinement = yield* Scope.extend(withWaiting(found.confinement, waiting), scope)
          const headers =
            options.headers === undefined
              ? noHeaders
              : yield* Scope.extend(makeHeaders(options.headers, confinement, shared), scope)
          return { ...found, confinement, headers }
        })
      )
      const toolchains = new Map(
        Language.literals.map((language) => [
          language,
          once(Effect.flatMap(python, (found) => drivers[language].find(environment, found)))
        ])
      )

      const readied = new Map(
        Language.literals.map((language) => {
          const { ready = Effect.succeed } = drivers[language]
          const found = toolchains.get(language)!
          return [language, once(Effect.flatMap(found, (toolchain) => ready(toolchain, environment)))]
        })
      )

      const run = Effect.fn("Sandbox.run")(function* (job: Job) {
        if (job.source.includes("\0"))
          return refusal(`${languages[job.language].fileName}: the source has a NUL byte`)
        const { confinement, headers, tier } = yield* ground
        const plain = yield* readied.get(job.language)!
        const runtime = (yield* python).version
        const key = hashOf(
          job.language,
          plain.version,
          runtime,
          process.arch,
          canonicalJson({ ...plain.recipe }),
          runnerVersion(),
          job.source
        )
        const runWith = (toolchain: Toolchain, { known, made }: Compilation) => {
          const session = (how: Pick<SandboxJob, "job" | "skipAfter" | "stopMs">, keep: Array<Execution>) =>
            withSecondChance(
              () =>
                runInSandbox({ ...how, confinement, toolchain, compiled: known(), onCompiled: made }, keep),
              keep,
              tier
            )
          return runFairly({
            limits: job.limits,
            inputs: job.inputs,
            skipAfter,
            beside: (keep) => shared(session({ job, skipAfter, stopMs: stopBeside(job.limits) }, keep)),
            alone: (inputs) => {
              const again = { ...job, inputs }
              const how = { job: again, skipAfter: Number.POSITIVE_INFINITY, stopMs: job.limits.timeMs }
              return alone(session(how, []))
            }
          })
        }
        const compiling = isCompiled(plain) ? compilations.use : uncompiled
        const result = yield* compiling(key, (compilation) =>
          Effect.gen(function* () {
            const isKnown = compilation.known() !== undefined
            const ahead = isKnown ? plain : yield* headers.toolchainFor(plain, job.source)
            const first = yield* runWith(ahead, compilation)
            const isCertain = first.diagnostics === undefined || ahead === plain
            // What a compiler says must not depend on how it got the headers, which another process may have dropped.
            return isCertain ? first : yield* runWith(plain, compilation)
          })
        )
        return result.diagnostics === undefined
          ? ({ _tag: "Ran", executions: result.executions } satisfies ProgramRun)
          : refusal(result.diagnostics)
      })

      return {
        tier: Effect.map(ground, ({ tier }) => tier),
        toolchain: Effect.fn("Sandbox.toolchain")((language: Language) =>
          Effect.map(toolchains.get(language)!, ({ version }) => version)
        ),
        identity: Effect.fn("Sandbox.identity")(function* (language: Language) {
          const { tier } = yield* ground
          const { recipe, version } = yield* toolchains.get(language)!
          const driver = { skipAfter, compile: drivers[language].compileLimits }
          const runtime = (yield* python).version
          return hashOf(tier.name, version, runtime, canonicalJson({ ...recipe, ...driver }), runnerVersion())
        }),
        run
      }
    })
  )

const isCompiled = ({ recipe }: Toolchain): boolean =>
  recipe.runs === "native" || (recipe.runs === "command" && recipe.compile !== undefined)

const refusal = (diagnostics: string): ProgramRun => ({ _tag: "CompileError", diagnostics })

/** A fault says nothing about the program, unless the same input meets it again in a fresh sandbox. */
const withSecondChance = <A>(
  attempt: () => Effect.Effect<A, { readonly reason: string }>,
  executions: ReadonlyArray<Execution>,
  tier: Tier
): Effect.Effect<A, SandboxFailed> =>
  Effect.suspend(() => {
    let faultAt = -1
    const go = (): Effect.Effect<A, SandboxFailed> =>
      Effect.catchAll(attempt(), ({ reason }) => {
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

import { Effect, Layer, Scope } from "effect"
import type { Execution, ProgramRun } from "../../domain/evaluation.ts"
import { canonicalJson, hashOf } from "../../domain/hash.ts"
import { Language, languages } from "../../domain/language.ts"
import {
  type Job,
  type Opened,
  Sandbox,
  SandboxFailed,
  type TalkJob,
  type Tier,
  ToolchainMissing
} from "../Sandbox.ts"
import { CompiledPrograms } from "./CompiledPrograms.ts"
import type { Toolchain } from "./driver.ts"
import { runFairly, stopBeside, skipAfter as usual } from "./fairness.ts"
import { findGround } from "./ground.ts"
import { makeHeaders, noHeaders } from "./headers.ts"
import type { Environment } from "./host.ts"
import { makeLanes } from "./lanes.ts"
import { drivers } from "./languages.ts"
import { once } from "./once.ts"
import { named, openInSandbox } from "./opening.ts"
import { findPython } from "./pythonInstallation.ts"
import { runnerVersion } from "./runnerVersion.ts"
import { runInSandbox, type SandboxJob } from "./session.ts"
import type { TierName } from "./tiers.ts"
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
  /** Sandboxes that wait ready for the next program; default as many as lanes. Only confined ones wait. */
  readonly waiting?: number
  /** After how many time limits in a row a program's remaining inputs are `Skipped`; default 3. */
  readonly skipAfter?: number
  /** The interpreter that runs sandboxes and Python programs: a name or a path; default `python3`. */
  readonly python?: string
  /** Ways to confine that may be used, each only if the canary proves it. Default: all. */
  readonly tiers?: ReadonlyArray<TierName>
  /** The one of them that the user insists on, by the name that users know. */
  readonly setting?: string
}

/** Programs in sandboxes of this machine's kernel, each program in one of its own. */
export const layer = (options: SandboxOptions): Layer.Layer<Sandbox> =>
  Layer.scoped(
    Sandbox,
    Effect.gen(function* () {
      const { environment, lanes = 2, waiting = lanes, python: name = "python3", skipAfter = usual } = options
      const { alone, hold, shared } = makeLanes(lanes)
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
      const scope = yield* Effect.scope
      const ground = once(
        Effect.gen(function* () {
          const found = yield* findGround(yield* python, options)
          if (found.tier.name === "unconfined") return { ...found, headers: noHeaders }
          const confinement = yield* Scope.extend(withWaiting(found.confinement, waiting), scope)
          const headers =
            options.headers === undefined || !found.isApart
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
        if (job.source.includes("\0")) return refusal(nulByte(job))
        const { confinement, headers, tier } = yield* ground
        const plain = yield* readied.get(job.language)!
        const key = hashOf(job.language, plain.version, job.source)
        const session = (
          toolchain: Toolchain,
          how: Pick<SandboxJob, "job" | "skipAfter" | "stopMs">,
          keep: Array<Execution>
        ) =>
          withSecondChance(
            () => runInSandbox({ ...how, confinement, toolchain, compiled: compiledPrograms.get(key) }, keep),
            keep,
            tier
          ).pipe(
            Effect.tap(({ compiled }) =>
              Effect.sync(() => {
                if (compiled !== undefined) compiledPrograms.set(key, compiled)
              })
            )
          )
        const runWith = (toolchain: Toolchain) =>
          runFairly({
            limits: job.limits,
            inputs: job.inputs,
            skipAfter,
            beside: (keep) =>
              shared(session(toolchain, { job, skipAfter, stopMs: stopBeside(job.limits) }, keep)),
            alone: (inputs) => {
              const again = { ...job, inputs }
              const how = { job: again, skipAfter: Number.POSITIVE_INFINITY, stopMs: job.limits.timeMs }
              return alone(session(toolchain, how, []))
            }
          })
        const isCompiled = compiledPrograms.get(key) !== undefined
        const ahead = isCompiled ? plain : yield* headers.toolchainFor(plain, job.source)
        const first = yield* runWith(ahead)
        // What a compiler says must not depend on how it got the headers, which another process may have dropped, too.
        const result = first.diagnostics === undefined || ahead === plain ? first : yield* runWith(plain)
        return result.diagnostics === undefined
          ? ({ _tag: "Ran", executions: result.executions } satisfies ProgramRun)
          : refusal(result.diagnostics)
      })

      const open = Effect.fn("Sandbox.open")(function* (job: TalkJob) {
        if (job.source.includes("\0")) return refusal(nulByte(job))
        const { confinement, headers, tier } = yield* ground
        const plain = yield* readied.get(job.language)!
        const key = hashOf(job.language, plain.version, job.source)
        const known = compiledPrograms.get(key)
        const ahead = known === undefined ? yield* headers.toolchainFor(plain, job.source) : plain
        if (job.room !== "none") yield* hold(job.room === "all" ? "alone" : "shared")
        const openWith = (toolchain: Toolchain) =>
          openInSandbox({ confinement, toolchain, job, compiled: known }).pipe(
            Effect.retry({ times: 1 }),
            Effect.mapError(failedIn(tier))
          )
        const first = yield* openWith(ahead)
        const { compiled, diagnostics, talk } =
          first.diagnostics === undefined || ahead === plain ? first : yield* openWith(plain)
        if (compiled !== undefined) compiledPrograms.set(key, compiled)
        return diagnostics === undefined
          ? ({ _tag: "Open", talk: Effect.map(talk, named(failedIn(tier))) } satisfies Opened)
          : refusal(diagnostics)
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
        run,
        open
      }
    })
  )

const refusal = (diagnostics: string) => ({ _tag: "CompileError", diagnostics }) as const

const nulByte = ({ language }: Pick<Job, "language">): string =>
  `${languages[language].fileName}: the source has a NUL byte`

const failedIn =
  (tier: Tier) =>
  ({ reason }: { readonly reason: string }): SandboxFailed =>
    new SandboxFailed({ tier: tier.name, reason })

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
        if (executions.length === faultAt) return failedIn(tier)({ reason })
        faultAt = executions.length
        return go()
      })
    return go()
  })

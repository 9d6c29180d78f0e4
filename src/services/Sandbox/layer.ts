import { Effect, Layer, Scope } from "effect"
import type { Execution, ProgramRun } from "../../domain/evaluation.ts"
import { canonicalJson, hashOf } from "../../domain/hash.ts"
import { Language, languages } from "../../domain/language.ts"
import { codeVersion } from "../codeVersion.ts"
import {
  type Job,
  type Opened,
  Sandbox,
  SandboxFailed,
  type TalkJob,
  type Tier,
  ToolchainMissing
} from "../Sandbox.ts"
import { type Compilation, makeCompilations, uncompiled } from "./compilations.ts"
import { makeCompiledFolder, noFolder } from "./compiledFolder.ts"
import type { Toolchain } from "./driver.ts"
import { runFairly, stopBeside, skipAfter as usual } from "./fairness.ts"
import { findGround } from "./ground.ts"
import { makeHeaders, noHeaders } from "./headers.ts"
import type { Environment } from "./host.ts"
import { makeLanes } from "./lanes.ts"
import { drivers } from "./languages.ts"
import { linked } from "./linked.ts"
import { once } from "./once.ts"
import { named, openInSandbox } from "./opening.ts"
import { findPython } from "./pythonInstallation.ts"
import type { RunnerFault } from "./runner.ts"
import { runnerVersion } from "./runnerVersion.ts"
import { runsWell, withSecondChance } from "./secondChance.ts"
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
  /** A folder for compiled programs, shared by processes; without it they are remembered as long as the layer lives. */
  readonly compiled?: string
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

      /** Changes with everything that the compiled program depends on. */
      const keyOf = (
        { language, source }: Pick<Job, "language" | "source">,
        { recipe, version }: Toolchain
      ) =>
        Effect.map(python, (runtime) =>
          hashOf(
            language,
            version,
            runtime.version,
            process.arch,
            canonicalJson({ ...recipe }),
            runnerVersion(),
            source
          )
        )

      const run = Effect.fn("Sandbox.run")(function* (job: Job) {
        if (job.source.includes("\0")) return refusal(nulByte(job))
        const { confinement, headers, tier } = yield* ground
        const plain = linked(yield* readied.get(job.language)!, job.source)
        const isWell = runsWell(confinement, yield* readied.get("python")!)
        const key = yield* keyOf(job, plain)
        const runWith = (toolchain: Toolchain, { known, made }: Compilation) => {
          const session = (how: Pick<SandboxJob, "job" | "skipAfter" | "stopMs">, keep: Array<Execution>) =>
            withSecondChance({
              attempt: () =>
                runInSandbox({ ...how, confinement, toolchain, compiled: known(), onCompiled: made }, keep),
              executions: keep,
              count: how.job.inputs.length,
              isWell
            }).pipe(Effect.mapError(failedIn(tier)))
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

      const open = Effect.fn("Sandbox.open")(function* (job: TalkJob) {
        if (job.source.includes("\0")) return refusal(nulByte(job))
        const { confinement, headers, tier } = yield* ground
        const plain = linked(yield* readied.get(job.language)!, job.source)
        if (job.room !== "none") yield* hold(job.room === "all" ? "alone" : "shared")
        const compiling = isCompiled(plain) ? compilations.use : uncompiled
        const { diagnostics, talk } = yield* compiling(yield* keyOf(job, plain), ({ known, made }) =>
          Effect.gen(function* () {
            const openWith = (toolchain: Toolchain) =>
              openInSandbox({ confinement, toolchain, job, compiled: known() }).pipe(
                Effect.retry({ times: 1 }),
                Effect.mapError(failedIn(tier))
              )
            const ahead = known() === undefined ? yield* headers.toolchainFor(plain, job.source) : plain
            const first = yield* openWith(ahead)
            const opened = first.diagnostics === undefined || ahead === plain ? first : yield* openWith(plain)
            if (opened.compiled !== undefined) made(opened.compiled)
            return opened
          })
        )
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
          const code = [runnerVersion(), codeVersion(import.meta.url)]
          return hashOf(tier.name, version, runtime, canonicalJson({ ...recipe, ...driver }), ...code)
        }),
        run,
        open
      }
    })
  )

const isCompiled = ({ recipe }: Toolchain): boolean =>
  recipe.runs === "native" || (recipe.runs === "command" && recipe.compile !== undefined)

const refusal = (diagnostics: string) => ({ _tag: "CompileError", diagnostics }) as const

const nulByte = ({ language }: Pick<Job, "language">): string =>
  `${languages[language].fileName}: the source has a NUL byte`

const failedIn =
  (tier: Tier) =>
  ({ during, reason }: RunnerFault): SandboxFailed =>
    new SandboxFailed({ tier: tier.name, reason, during })

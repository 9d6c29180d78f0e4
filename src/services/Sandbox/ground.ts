import { Effect, Either } from "effect"
import { type SandboxError, SandboxUnavailable, SandboxUnknown, type Tier } from "../Sandbox.ts"
import { provesConfined } from "./canary.ts"
import type { Confinement } from "./confinement.ts"
import type { Environment } from "./host.ts"
import { drivers } from "./languages.ts"
import { findPython, type PythonInstallation } from "./pythonInstallation.ts"
import { unconfined } from "./tiers/unconfined.ts"
import { type TierName, type TierPlan, tierPlans } from "./tiers.ts"

/** One way to run programs that has been proved, or been allowed, on this machine. */
export interface Ground {
  readonly tier: Tier
  readonly confinement: Confinement
  /** Whether files can be shown at places of their own. */
  readonly isApart: boolean
}

/** A tier, and why it cannot be had here, if so. */
export interface TierFinding {
  readonly name: TierName
  readonly detail: string
  readonly fault: string | undefined
}

interface Wanted {
  readonly environment: Environment
  readonly tiers?: ReadonlyArray<TierName>
  readonly setting?: string
  readonly unconfined: boolean
}

/** The first of the wanted tiers that a canary proves; no tier at all only where the user allows it. */
export const findGround = Effect.fn("Sandbox.findGround")(function* (
  python: PythonInstallation,
  { environment, setting, tiers, unconfined: allowed }: Wanted
): Effect.fn.Return<Ground, SandboxError> {
  const faults: Array<string> = []
  const known = tierPlans.map((plan) => plan.setting)
  if (setting !== undefined && !known.includes(setting)) return yield* new SandboxUnknown({ setting, known })
  const wanted = tierPlans.filter(
    (plan) => (setting ?? plan.setting) === plan.setting && (tiers?.includes(plan.name) ?? true)
  )
  for (const plan of wanted) {
    const proof = yield* proved(plan, python, environment)
    if (Either.isRight(proof)) {
      return {
        tier: { name: plan.name, detail: `${plan.detail}; proved by a canary` },
        confinement: proof.right,
        isApart: plan.apart
      }
    }
    faults.push(`${plan.name}: ${proof.left}`)
  }
  const reason = faults.length === 0 ? "no way to confine was asked for" : faults.join("; ")
  if (!allowed) return yield* new SandboxUnavailable({ reason })
  return { tier: { name: "unconfined", detail: reason }, confinement: unconfined(python), isApart: false }
})

/** Every tier, tried; for people who want to know what their machine has. Fails where there is no Python to try with. */
export const surveyTiers = (environment: Environment): Effect.Effect<ReadonlyArray<TierFinding>, string> =>
  Effect.flatMap(findPython("python3", environment), (python) =>
    Effect.forEach(tierPlans, (plan) =>
      Effect.map(proved(plan, python, environment), (proof) => ({
        name: plan.name,
        detail: plan.detail,
        fault: Either.isLeft(proof) ? proof.left : undefined
      }))
    )
  )

const proved = (
  { apart, find }: TierPlan,
  python: PythonInstallation,
  environment: Environment
): Effect.Effect<Either.Either<Confinement, string>> =>
  Effect.gen(function* () {
    const confinement = yield* find(python, environment)
    const toolchain = yield* Effect.mapError(drivers.python.find(environment, python), String)
    yield* provesConfined(confinement, toolchain, apart)
    return confinement
  }).pipe(Effect.either)

import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { tierPlans } from "../../../src/services/Sandbox/tiers.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"
import { type HostileProgram, hostilePrograms, programsFor } from "../../hostile/programs.ts"
import { type Watch, watchTargets } from "../../hostile/targets.ts"
import { forEveryUser } from "./drivers.ts"
import { plainTrials } from "./plainTrials.ts"
import { expected, found, jobOf } from "./trial.ts"

const on = (name: string) =>
  layer({
    unconfined: name === "unconfined",
    environment: forEveryUser,
    tiers: tierPlans.flatMap((plan) => (plan.name === name ? [plan.name] : []))
  })

const faultOf = (name: string) =>
  Effect.runPromise(
    Effect.flatMap(Sandbox, ({ tier }) => Effect.either(tier)).pipe(
      Effect.map((found) => (Either.isLeft(found) ? found.left.message : undefined)),
      Effect.provide(Layer.fresh(on(name)))
    )
  )

const names = [...tierPlans.map((plan) => plan.name), "unconfined"]
const faults = new Map<string, string | undefined>()
for (const name of names) faults.set(name, await faultOf(name))
const best = names.find((name) => faults.get(name) === undefined)!

let watch: Watch
beforeAll(async () => {
  watch = await watchTargets()
})
afterAll(() => {
  expect(watch.harm()).toEqual([])
  watch.end()
})

// The rest of them, as another user too, is the suite's in `test/hostile`.
const isChosen = (name: string, { run }: HostileProgram) =>
  run === "everywhere" || (name === best && run === "once")

for (const name of names) {
  const fault = faults.get(name)
  const chosen = hostilePrograms.filter((one) => !one.except.includes(name) && isChosen(name, one))
  describe.skipIf(fault !== undefined)(fault === undefined ? name : `${name}: ${fault}`, () => {
    it.layer(Layer.fresh(on(name)))((it) => {
      for (const trial of [...(name === best ? plainTrials : []), ...chosen]) {
        it.effect(trial.name, () =>
          Effect.gen(function* () {
            const { run, tier } = yield* Sandbox
            expect((yield* tier).name).toBe(name)
            const [aimed] =
              "file" in trial ? programsFor(name, watch.targets, [trial as HostileProgram]) : [trial]
            expect(found(aimed!, yield* run(jobOf(aimed!)))).toEqual(expected(aimed!))
          })
        )
      }
    })
  })
}

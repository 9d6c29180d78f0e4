import { spawnSync } from "node:child_process"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { findExecutable } from "../../src/services/Sandbox/host.ts"
import { runnerFile } from "../../src/services/Sandbox/runner.ts"
import { tierPlans } from "../../src/services/Sandbox/tiers.ts"
import { type Answer, answerOf, forEveryUser, startDriver, type Work } from "../services/Sandbox/drivers.ts"
import { expected, found, jobOf } from "../services/Sandbox/trial.ts"
import { hostilePrograms, programsFor } from "./programs.ts"
import { secret, tells, type Watch, watchTargets } from "./targets.ts"

// Every program of `programs/` on every tier that this machine has, as root and as an ordinary user.
const nobody = 65534
const isRoot = process.getuid?.() === 0
const canRead = isRoot && spawnSync("cat", [runnerFile], { uid: nobody, gid: nobody }).status === 0
const users = [
  { who: isRoot ? "root" : "an ordinary user", user: undefined },
  ...(canRead ? [{ who: "an ordinary user", user: nobody }] : [])
]
const environment = { ...forEveryUser, SEIDR_TEST_SECRET: secret }
const tools = { python: "python3", cpp: "g++", java: "javac", javascript: "node" } as const
const here = hostilePrograms.filter(({ language }) => findExecutable(tools[language], environment))

const ask = (work: Work) => answerOf(startDriver(work, { environment }))

for (const name of [...tierPlans.map((plan) => plan.name), "unconfined" as const]) {
  for (const { user, who } of users) {
    const ground: Omit<Work, "jobs"> = {
      ...(name === "unconfined" ? { tiers: [], unconfined: true } : { tiers: [name] }),
      ...(user === undefined ? {} : { user })
    }
    const { fault } = await ask({ ...ground, jobs: [] })
    // Without a sandbox root has no limit on its processes.
    const floods = name === "unconfined" && isRoot && user === undefined
    const chosen = here.filter(({ file }) => !(floods && /[bB]omb|threadsWithoutEnd/.test(file)))

    describe.skipIf(fault !== undefined)(
      `${name}, as ${who}${fault === undefined ? "" : `: ${fault}`}`,
      () => {
        let answer: Answer = {}
        let watch: Watch
        const programs = programsFor(name, { file: "", port: 0, socket: "", pid: 0 }, chosen)
        const runOf = new Map<string, NonNullable<Answer["runs"]>[number]>()
        beforeAll(async ({ tasks }) => {
          watch = await watchTargets(user)
          // Of what `-t` leaves out, nothing runs.
          const named = new Set(tasks.flatMap((task) => (task.mode === "run" ? [task.name] : [])))
          const wanted = programsFor(name, watch.targets, chosen).filter((program) => named.has(program.name))
          answer = await ask({ ...ground, jobs: wanted.map(jobOf), watched: true })
          wanted.forEach((program, index) => {
            runOf.set(program.name, answer.runs![index]!)
          })
        }, 1_800_000)
        afterAll(() => watch.end())

        it("is the tier that was asked for", () => {
          expect({ ...answer, runs: [] }).toEqual({ tier: name, uid: user ?? process.getuid?.(), runs: [] })
        })

        for (const program of programs) {
          it(program.name, () => {
            const { fault: broken, left, run } = runOf.get(program.name)!
            expect({ broken, left }).toEqual({ broken: undefined, left: [] })
            expect(found(program, run!)).toEqual(expected(program))
          })
        }

        it("nobody has touched or told what is the host's", () => {
          expect(watch.harm()).toEqual([])
          const told = [...runOf].flatMap(([program, { run }]) =>
            tells(JSON.stringify(run)) ? [program] : []
          )
          expect(told).toEqual([])
        })
      }
    )
  }
}

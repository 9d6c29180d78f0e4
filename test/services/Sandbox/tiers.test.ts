import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, it } from "@effect/vitest"
import { Effect, Either, Layer } from "effect"
import { defaultLimits } from "../../../src/domain/evaluation.ts"
import { findExecutable } from "../../../src/services/Sandbox/host.ts"
import { layer, type SandboxOptions } from "../../../src/services/Sandbox/layer.ts"
import { runnerFile } from "../../../src/services/Sandbox/runner.ts"
import { containerMark } from "../../../src/services/Sandbox/tiers/container.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"
import { hostilePrograms, programsFor } from "../../hostile/programs.ts"
import { type Watch, watchTargets } from "../../hostile/targets.ts"
import { type Answer, answerOf, forEveryUser, startDriver, type Work } from "./drivers.ts"
import { expected, found, jobOf } from "./trial.ts"

const nobody = 65534
const isRoot = process.getuid?.() === 0
const canRead = isRoot && spawnSync("cat", [runnerFile], { uid: nobody, gid: nobody }).status === 0
// Some machines have them and forbid them.
const works = (command: string, ...words: ReadonlyArray<string>) => spawnSync(command, words).status === 0
const withNamespaces = works("unshare", "--user", "true")
const withBubblewrap = works("bwrap", "--unshare-all", "--ro-bind", "/", "/", "true")

const ask = (
  work: Omit<Work, "jobs">,
  more: Parameters<typeof startDriver>[1] = {},
  jobs: Work["jobs"] = []
) => answerOf(startDriver({ ...work, jobs }, { environment: forEveryUser, ...more }))

/** Starts something with a file open that is not its own, as a shell may. */
const leaking = [
  "/usr/bin/python3",
  "-c",
  "import os, sys; os.dup2(os.open('/dev/null', os.O_WRONLY), 200); os.execvp(sys.argv[1], sys.argv[1:])"
]

// Who is not root has run the other suites as an ordinary user already.
const title = "as an ordinary user (needs root, namespaces, and a checkout that others may read)"
describe.skipIf(!canRead || !withNamespaces)(title, () => {
  const chosen = hostilePrograms.filter(({ run }) => run === "everywhere")
  const programs = programsFor("any", { file: "", port: 0, socket: "", pid: 0 }, chosen)
  let answer: Answer = {}
  let watch: Watch
  beforeAll(async () => {
    watch = await watchTargets(nobody)
    const jobs = programsFor("any", watch.targets, chosen).map(jobOf)
    answer = await ask({ user: nobody, tiers: ["bubblewrap", "user namespaces"] }, { prefix: leaking }, jobs)
    watch.end()
  }, 120_000)

  it("is confined", () => {
    const tier = withBubblewrap ? "bubblewrap" : "user namespaces"
    expect({ ...answer, runs: [] }).toEqual({ tier, uid: nobody, runs: [] })
  })

  programs.forEach((trial, index) => {
    it(trial.name, () => expect(found(trial, answer.runs![index]!.run!)).toEqual(expected(trial)))
  })

  it("lets root's programs through where root's own files are for nobody else", async () => {
    const job = { language: "python", source: "print(1)", inputs: [""], limits: defaultLimits } as const
    const closed = ["sh", "-c", 'umask 077 && exec "$@"', "sh"]
    const { runs } = await ask({ tiers: ["user namespaces"] }, { prefix: closed }, [job])
    expect(runs).toMatchObject([{ run: { executions: [{ stdout: "1\n" }] } }])
  })
})

const tierOf = (options: Partial<SandboxOptions>) =>
  Effect.flatMap(Sandbox, ({ tier }) => Effect.either(tier)).pipe(
    Effect.provide(Layer.fresh(layer({ unconfined: false, environment: forEveryUser, ...options }))),
    Effect.map((found) => (Either.isLeft(found) ? found.left.message : found.right.name))
  )

describe("which tier is taken", () => {
  it.effect.skipIf(!withBubblewrap)("bubblewrap, where it is installed", () =>
    Effect.map(tierOf({}), (tier) => expect(tier).toBe("bubblewrap"))
  )

  it.effect.skipIf(!withNamespaces)("user namespaces, where bubblewrap is not on the PATH", () =>
    Effect.gen(function* () {
      const folder = mkdtempSync(join(tmpdir(), "seidr-test-"))
      for (const name of ["python3", "setarch"]) {
        const path = findExecutable(name, forEveryUser)
        if (path !== undefined) symlinkSync(path, join(folder, name))
      }
      const tier = yield* tierOf({ environment: { ...forEveryUser, PATH: folder } })
      rmSync(folder, { recursive: true })
      expect(tier).toBe("user namespaces")
    })
  )

  it.effect.skipIf(!withNamespaces)("the one that the user insists on", () =>
    Effect.map(tierOf({ setting: "namespaces" }), (tier) => expect(tier).toBe("user namespaces"))
  )

  it.effect("none, where the user insists on what there is not", () =>
    Effect.gen(function* () {
      const known = "bubblewrap, namespaces, container, sandbox-exec"
      expect(yield* tierOf({ setting: "vault" })).toBe(`SEIDR_SANDBOX is "vault"; expected one of ${known}`)
    })
  )

  // A mount namespace of the test's own hides the program itself.
  const bwrap = findExecutable("bwrap", forEveryUser) ?? "/usr/bin/bwrap"
  const hiding = ["unshare", "--mount", "sh", "-c", `mount --bind /dev/null ${bwrap} && exec "$@"`, "sh"]
  const canHide = withBubblewrap && spawnSync(hiding[0]!, [...hiding.slice(1), "true"]).status === 0
  for (const user of [undefined, ...(canRead ? [nobody] : [])]) {
    it.skipIf(!canHide)(
      `user namespaces, where bubblewrap is hidden${user === undefined ? "" : ", as an ordinary user"} (needs unshare)`,
      async () => {
        const answer = await ask(user === undefined ? {} : { user }, { prefix: hiding })
        expect(answer).toMatchObject({ tier: "user namespaces", uid: user ?? process.getuid?.() })
      },
      60_000
    )
  }
})

const withoutNamespaces = [
  "/usr/bin/python3",
  fileURLToPath(new URL("./withoutNamespaces.py", import.meta.url))
]
const canForbid = isRoot && spawnSync(withoutNamespaces[0]!, [withoutNamespaces[1]!, "true"]).status === 0

describe.skipIf(!canForbid)("where namespaces are forbidden (needs root)", () => {
  it("refuses to run anything, with the reasons", async () => {
    const { fault } = await ask({ tiers: ["user namespaces"] }, { prefix: withoutNamespaces })
    expect(fault).toMatch(/^programs cannot be confined on this machine: user namespaces: .*--unconfined$/)
    expect(fault).toContain("unshare: No space left on device")
  }, 60_000)

  for (const user of [undefined, ...(canRead ? [nobody] : [])]) {
    const who = user === undefined ? "root" : "an ordinary user"
    it.skipIf(containerMark() === undefined)(
      `the container is the sandbox, as ${who} (needs a container)`,
      async () => {
        const answer = await ask(user === undefined ? {} : { user }, { prefix: withoutNamespaces })
        expect(answer).toMatchObject({ tier: "container", uid: user ?? 0 })
      },
      60_000
    )
  }
})

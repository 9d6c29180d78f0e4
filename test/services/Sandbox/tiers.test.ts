import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, it } from "@effect/vitest"
import { findExecutable } from "../../../src/services/Sandbox/host.ts"
import { runnerFile } from "../../../src/services/Sandbox/runner.ts"
import { containerMark } from "../../../src/services/Sandbox/tiers/container.ts"
import { hostilePrograms, programsFor } from "../../hostile/programs.ts"
import { type Watch, watchTargets } from "../../hostile/targets.ts"
import { type Answer, answerOf, forEveryUser, startDriver, type Work } from "./drivers.ts"
import { expected, found, jobOf } from "./trial.ts"

const nobody = 65534
const isRoot = process.getuid?.() === 0
const canRead = isRoot && spawnSync("cat", [runnerFile], { uid: nobody, gid: nobody }).status === 0
const withBubblewrap = findExecutable("bwrap", forEveryUser) !== undefined

const ask = (
  work: Omit<Work, "jobs">,
  more: Parameters<typeof startDriver>[1] = {},
  jobs: Work["jobs"] = []
) => answerOf(startDriver({ ...work, jobs }, { environment: forEveryUser, ...more }))

// Who is not root has run the other suites as an ordinary user already.
describe.skipIf(!canRead)("as an ordinary user (needs root, and a checkout that others may read)", () => {
  const chosen = hostilePrograms.filter(({ run }) => run === "everywhere")
  const programs = programsFor("any", { file: "", port: 0, socket: "", pid: 0 }, chosen)
  let answer: Answer = {}
  let watch: Watch
  beforeAll(async () => {
    watch = await watchTargets()
    const jobs = programsFor("any", watch.targets, chosen).map(jobOf)
    answer = await ask({ user: nobody, tiers: ["bubblewrap", "user namespaces"] }, {}, jobs)
    watch.end()
  }, 120_000)

  it("is confined", () => {
    const tier = withBubblewrap ? "bubblewrap" : "user namespaces"
    expect({ ...answer, runs: [] }).toEqual({ tier, uid: nobody, runs: [] })
  })

  programs.forEach((trial, index) => {
    it(trial.name, () => expect(found(trial, answer.runs![index]!.run!)).toEqual(expected(trial)))
  })
})

describe("which tier is taken", () => {
  it.skipIf(!withBubblewrap)(
    "bubblewrap, where it is installed",
    async () => {
      expect(await ask({})).toMatchObject({ tier: "bubblewrap" })
    },
    60_000
  )

  it("user namespaces, where bubblewrap is not on the PATH", async () => {
    const folder = mkdtempSync(join(tmpdir(), "seidr-test-"))
    for (const name of ["python3", "setarch"]) {
      const path = findExecutable(name, forEveryUser)
      if (path !== undefined) symlinkSync(path, join(folder, name))
    }
    const answer = await ask({}, { environment: { ...forEveryUser, PATH: folder } })
    rmSync(folder, { recursive: true })
    expect(answer).toMatchObject({ tier: "user namespaces" })
  }, 60_000)

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

  it("the one that the user insists on", async () => {
    expect(await ask({ setting: "namespaces" })).toMatchObject({ tier: "user namespaces" })
  }, 60_000)

  it("none, where the user insists on what there is not", async () => {
    expect(await ask({ setting: "vault" })).toEqual({
      fault: 'SEIDR_SANDBOX is "vault"; expected one of bubblewrap, namespaces, container, sandbox-exec'
    })
  }, 60_000)
})

const withoutNamespaces = [
  "/usr/bin/python3",
  fileURLToPath(new URL("./withoutNamespaces.py", import.meta.url))
]
const canForbid = isRoot && spawnSync(withoutNamespaces[0]!, [withoutNamespaces[1]!, "true"]).status === 0

describe.skipIf(!canForbid)("where namespaces are forbidden (needs root)", () => {
  for (const user of [undefined, ...(canRead ? [nobody] : [])]) {
    const who = user === undefined ? "root" : "an ordinary user"

    it(`refuses to run anything as ${who}, with the reasons`, async () => {
      const work: Omit<Work, "jobs"> = { tiers: ["user namespaces"], ...(user === undefined ? {} : { user }) }
      const { fault } = await ask(work, { prefix: withoutNamespaces })
      expect(fault).toMatch(/^programs cannot be confined on this machine: user namespaces: .*--unconfined$/)
      expect(fault).toContain("unshare: No space left on device")
    }, 60_000)

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

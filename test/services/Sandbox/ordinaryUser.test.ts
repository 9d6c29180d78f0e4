import { spawnSync } from "node:child_process"
import { beforeAll, describe, expect, it } from "@effect/vitest"
import { runnerFile } from "../../../src/services/Sandbox/runner.ts"
import { type Answer, answerOf, startDriver } from "./drivers.ts"
import { expected, found, jobOf } from "./trial.ts"
import { trials } from "./trials.ts"

const nobody = 65534
const isRoot = process.getuid?.() === 0
const canRead = isRoot && spawnSync("cat", [runnerFile], { uid: nobody, gid: nobody }).status === 0
const chosen = trials.filter(({ language, name }) => language === "python" || name === "C++ adds")

// Who is not root has run the other suites as an ordinary user already.
describe.skipIf(!canRead)("as an ordinary user (needs root, and a checkout that others may read)", () => {
  let answer: Answer = {}
  beforeAll(async () => {
    answer = await answerOf(startDriver(chosen.map(jobOf), { uid: nobody }))
  })

  it("is confined by user namespaces", () => {
    expect({ ...answer, runs: [] }).toEqual({ tier: "user namespaces", uid: nobody, runs: [] })
  })

  chosen.forEach((trial, index) => {
    it(trial.name, () => expect(found(trial, answer.runs![index]!)).toEqual(expected(trial)))
  })
})

const withoutNamespaces = [
  "unshare",
  "--user",
  "--map-root-user",
  "sh",
  "-c",
  'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"',
  "sh"
]
const canForbid = spawnSync(withoutNamespaces[0]!, [...withoutNamespaces.slice(1), "true"]).status === 0

describe.skipIf(!canForbid)("where namespaces are forbidden (needs unshare)", () => {
  it("refuses to run anything, with the reason", async () => {
    const answer = await answerOf(startDriver([], { prefix: withoutNamespaces }))
    expect(answer.fault).toMatch(
      /^programs cannot be confined on this machine: user namespaces: .*--unconfined$/
    )
    expect(answer.fault).toContain("unshare: No space left on device")
  })
})

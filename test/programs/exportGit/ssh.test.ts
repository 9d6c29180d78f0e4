import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "@effect/vitest"
import { Effect, Redacted, Stream } from "effect"
import { BranchStream } from "../../../src/domain/git/fastImport.ts"
import { Holdings } from "../../../src/domain/git/holdings.ts"
import type { RunId } from "../../../src/domain/ids.ts"
import { layer } from "../../../src/services/Git/layer.ts"
import { Git } from "../../../src/services/Git.ts"
import { bare, environment, folder, headsOf } from "./repositories.ts"

const place = mkdtempSync(join(tmpdir(), "seidr-ssh-"))
afterAll(() => rmSync(place, { recursive: true, force: true }))

/** A key and a server of this test alone, which speaks through a pipe: no port is opened. */
const command = (): string | undefined => {
  const server = "/usr/sbin/sshd"
  if (!existsSync(server)) return undefined
  chmodSync(place, 0o700)
  for (const name of ["host", "key"]) {
    const made = spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(place, name)])
    if (made.status !== 0) return undefined
  }
  const settings = ["UsePAM no", "StrictModes no", "PermitRootLogin yes", "PasswordAuthentication no"]
  const keys = [`HostKey ${join(place, "host")}`, `AuthorizedKeysFile ${join(place, "key.pub")}`]
  writeFileSync(join(place, "settings"), `${[...settings, ...keys].join("\n")}\n`)
  const way = `ProxyCommand=${server} -i -f ${join(place, "settings")}`
  const script = join(place, "ssh.sh")
  const options = ["BatchMode=yes", `UserKnownHostsFile=${join(place, "known")}`, "StrictHostKeyChecking=no"]
  const words = options.map((option) => `-o ${option}`).join(" ")
  writeFileSync(script, `#!/bin/sh\nexec ssh ${words} -o "${way}" -i ${join(place, "key")} "$@"\n`)
  chmodSync(script, 0o755)
  const tried = spawnSync(script, ["localhost", "git", "--version"], { timeout: 20_000 })
  return tried.status === 0 ? script : undefined
}
const ssh = command()

const identity = { name: "A. Nyone", email: "a@example.org" }
const remoteAt = (path: string) => ({ url: Redacted.make(`ssh://${userInfo().username}@localhost${path}`) })

const attempt = {
  index: 0,
  node: "d0",
  problem: "gcd",
  file: "gcd.py",
  program: "print(1)\n",
  score: 0.5,
  passed: 1,
  total: 2,
  prompt: "",
  metrics: "none",
  at: 0,
  runId: "01M82H743TX978T3FQJCEX6SD0" as RunId
}

describe("git by ssh", () => {
  it.scopedLive.skipIf(ssh === undefined)("brings branches to a repository, and sees what is there", () =>
    Effect.gen(function* () {
      const there = yield* bare
      const here = join(yield* folder, "own.git")
      const git = yield* Git
      yield* git.init(here)
      const nothing = () => ({ commit: undefined, holdings: new Holdings() })
      const stream = new BranchStream("b", identity, { all: nothing(), best: nothing() }, new Map(), 0)
      yield* git.write(here, Stream.make(stream.add(attempt)))
      const heads = yield* git.heads(here)
      yield* git.push(here, remoteAt(there), heads)
      expect(yield* git.remoteHeads(here, remoteAt(there))).toEqual(heads)
      expect(headsOf(there)).toEqual(headsOf(here))
    }).pipe(Effect.provide(layer({ ...environment, GIT_SSH: ssh })))
  )

  it.scopedLive("says why nobody is let in, and keeps the user that an address needs", () =>
    Effect.gen(function* () {
      const refusing = join(yield* folder, "refusing.sh")
      writeFileSync(refusing, "#!/bin/sh\necho 'Host key verification failed.' >&2\nexit 255\n")
      chmodSync(refusing, 0o755)
      const git = yield* Effect.provide(Git, layer({ ...environment, GIT_SSH: refusing }))
      const here = join(yield* folder, "own.git")
      yield* git.init(here)
      const remote = { url: Redacted.make("ssh://git@git.example/attempts.git") }
      const refused = yield* Effect.flip(git.remoteHeads(here, remote))
      expect(refused.message).toContain("git failed while asking ssh://git@git.example/attempts.git: ")
      expect(refused.message).toContain("Host key verification failed.")
    })
  )
})

import { chmodSync, writeFileSync } from "node:fs"
import type { ServerResponse } from "node:http"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber } from "effect"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { bare, gitServer, headsOf, nodesOn } from "./repositories.ts"
import {
  allNodes,
  authorizing,
  branch,
  digestOfUnseen,
  password,
  patient,
  resuming,
  shown
} from "./showing.ts"

describe("gitSink, when a remote fails", () => {
  it.scopedLive("catches up with a remote that comes back", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const remote = yield* bare
      const back = yield* Deferred.make<void>()
      let isDown = true
      const address = yield* gitServer(remote, (_, response) => {
        if (isDown) response.writeHead(503).end()
        return isDown
      })
      const onNotice = (line: string) =>
        Effect.suspend(() => {
          isDown = false
          return line.includes("again") && !line.includes("tried")
            ? Deferred.succeed(back, undefined)
            : Effect.void
        })
      const url = `http://${address}/attempts.git`
      const { digest, notices } = yield* shown({ database, url, before: Deferred.await(back), onNotice })
      expect(notices[0]).toContain(`git failed while asking http://${address}/attempts.git: `)
      expect(notices[0]).toContain("503")
      expect(notices.slice(1)).toEqual([`git: http://${address}/attempts.git takes the attempts again`])
      expect(digest).toBe(yield* digestOfUnseen)
      expect(nodesOn(remote, `${branch}_dev`)).toEqual(yield* allNodes(database))
    })
  )

  it.scopedLive("says in the end what could not be pushed, and how it can be, without a key", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const remote = yield* bare
      const address = yield* gitServer(
        remote,
        authorizing(() => false)
      )
      const url = `http://someone:other${password}@${address}/attempts.git`
      const { digest, notices, runId } = yield* shown({ database, url })
      expect(digest).toBe(yield* digestOfUnseen)
      expect(notices.at(-1)).toContain(`attempts of run ${runId} are not at http://${address}/attempts.git`)
      expect(notices.at(-1)).toContain("Authentication failed")
      expect(notices.at(-1)).toContain(
        `\`seidr export git ${runId} --git-remote http://${address}/attempts.git --db ${database}\``
      )
      const all = notices.join("\n")
      expect(all).not.toContain(password)
      expect(all).not.toContain(Buffer.from(`someone:other${password}`).toString("base64"))
      expect(all).not.toMatch(/(?!\n)\p{Cc}/u)
    })
  )

  it.scopedLive("leaves a run alone whose attempts are rejected", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const remote = yield* bare
      const hook = join(remote, "hooks", "pre-receive")
      writeFileSync(hook, "#!/bin/sh\nprintf '\\033[31mnot here\\007\\n' >&2\nexit 1\n")
      chmodSync(hook, 0o755)
      const { digest, notices } = yield* shown({ database, url: `file://${remote}` })
      expect(digest).toBe(yield* digestOfUnseen)
      expect(notices.at(-1)).toContain("not here")
      expect(notices.at(-1)).toMatch(
        /! \[remote rejected\] test_\S+ \(pre-receive hook declined\) and 1 more\)/
      )
      expect(notices.join("")).not.toMatch(/\p{Cc}/u)
      expect(headsOf(remote)).toEqual([])
    })
  )

  it.scopedLive("lets an interrupted command go, though the remote does not answer", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const asked = yield* Deferred.make<void>()
      const address = yield* gitServer(yield* bare, () => {
        Deferred.unsafeDone(asked, Effect.void)
        return true
      })
      const notices: Array<string> = []
      const onNotice = (line: string) => Effect.sync(() => notices.push(line))
      const waits = { ...patient, interrupted: Duration.millis(50) }
      const url = `http://${address}/attempts.git`
      const running = yield* Effect.fork(shown({ database, url, before: Effect.never, onNotice, waits }))
      yield* Deferred.await(asked)
      yield* Fiber.interrupt(running)
      expect(notices).toHaveLength(1)
      expect(notices[0]).toContain("it took more than 50ms")
      const { digest } = yield* shown({ database, url: undefined }, resuming)
      expect(digest).toBe(yield* digestOfUnseen)
    })
  )

  it.scopedLive("says what the end of a command waits for", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const asked = yield* Deferred.make<void>()
      const held: Array<ServerResponse> = []
      let isHolding = true
      const address = yield* gitServer(yield* bare, (_, response) => {
        if (isHolding) held.push(response)
        else response.writeHead(503).end()
        Deferred.unsafeDone(asked, Effect.void)
        return true
      })
      const notices: Array<string> = []
      const onNotice = (line: string) =>
        Effect.sync(() => {
          notices.push(line)
          isHolding = false
          for (const response of held.splice(0)) response.writeHead(503).end()
        })
      const waits = { ...patient, silent: Duration.zero }
      const url = `http://${address}/attempts.git`
      const running = yield* Effect.fork(shown({ database, url, before: Effect.never, onNotice, waits }))
      yield* Deferred.await(asked)
      yield* Fiber.interrupt(running)
      expect(notices[0]).toBe(
        `git: the last attempts go to ${url}; the command ends when they are there, at the latest in 3m`
      )
      expect(notices.at(-1)).toContain(`are not at ${url}`)
    })
  )
})

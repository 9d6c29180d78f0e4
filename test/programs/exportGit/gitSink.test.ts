import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { describe, expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber, Layer, Redacted } from "effect"
import { exportGit } from "../../../src/programs/exportGit/exportGit.ts"
import { gitSink } from "../../../src/programs/exportGit/gitSink.ts"
import { layerLogReader } from "../../../src/programs/layers.ts"
import { resume } from "../../../src/programs/resume.ts"
import { begin } from "../../../src/programs/solve/begin.ts"
import type { SolveResult } from "../../../src/programs/solve/result.ts"
import type { Critics } from "../../../src/services/Critics.ts"
import type { EventLog } from "../../../src/services/EventLog.ts"
import { layer as gitLayer } from "../../../src/services/Git/layer.ts"
import { scripted } from "../../../src/services/LanguageModel/scripted.ts"
import type { Leases } from "../../../src/services/Leases.ts"
import { Notices } from "../../../src/services/Notices.ts"
import type { Ring } from "../../../src/services/Ring.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import type { RunIds } from "../../../src/services/RunIds.ts"
import { Sinks } from "../../../src/services/Sinks.ts"
import { answerOf, type Oracle } from "../../support/oracle.ts"
import { preparedIn, searching } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import {
  type Answering,
  bare,
  environment,
  folder,
  git,
  gitServer,
  headsOf,
  nodesOn
} from "./repositories.ts"

const oracle: Oracle = { seed: 5, cases: 3, skill: 0.3, silence: 0.1 }
const settings = { ...published, drafts: 2, explanations: 1, repairs: 2, beamWidth: 2, maxPrograms: 8 }
const identity = { name: "A. Nyone", email: "a@example.org" }
const branch = "test_scripted_2x1x2_run0"
const password = "hunter2secret"

interface Showing {
  readonly database: string
  /** Where attempts go; nowhere when undefined. */
  readonly url: string | undefined
  /** What the model waits for before it explains anything. */
  readonly before?: Effect.Effect<void>
  readonly onNotice?: (line: string) => Effect.Effect<void>
  readonly limits?: { readonly last: Duration.Duration; readonly interrupted: Duration.Duration }
}

type Driven = Effect.Effect<SolveResult, unknown, EventLog | Leases | Ring | RunIds | RunCatalogue | Critics>

const beginning: Driven = begin(
  preparedIn({ settings, oracle }),
  () => Effect.void,
  () => Effect.void
)

const resuming: Driven = Effect.gen(function* () {
  const [run] = yield* (yield* RunCatalogue).list
  return yield* resume(run!.runId, Duration.seconds(20), () => Effect.void)
})

/** A search whose attempts go to a remote; gives its digest and what was said. */
const shown = (
  { before = Effect.void, database, limits, onNotice = () => Effect.void, url }: Showing,
  drive = beginning
) =>
  Effect.gen(function* () {
    const notices: Array<string> = []
    const say = (line: string) =>
      Effect.suspend(() => {
        if (line.startsWith("git: attempts go to ")) return Effect.void
        notices.push(line)
        return onNotice(line)
      })
    const model = scripted(({ role }, { callKey }) =>
      Effect.as(role === "explain" ? before : Effect.void, {
        text: answerOf(oracle, role, callKey),
        usage: { in: 3, out: 2 },
        finishReason: "stop"
      })
    )
    const sinks =
      url === undefined
        ? Effect.succeed([])
        : Effect.all([
            gitSink(
              { remote: { url: Redacted.make(url) }, identity, interval: Duration.millis(20) },
              ` --db ${database}`,
              limits
            )
          ])
    const layer = Layer.scoped(Sinks, sinks).pipe(
      Layer.provide([gitLayer(environment), NodeFileSystem.layer, Layer.succeed(Notices, { say })]),
      Layer.provideMerge(searching({ database, model }))
    )
    const { digest, runId } = yield* Effect.provide(drive, layer)
    return { digest, runId, notices }
  })

/** The same search, shown to nobody. */
const digestOfUnseen = Effect.runSync(
  Effect.cached(
    Effect.scoped(
      Effect.gen(function* () {
        return (yield* shown({ database: yield* temporaryLog, url: undefined })).digest
      })
    )
  )
)

/** What an export of the log afterwards adds to a repository, or makes of an empty one. */
const exported = (database: string, remote: string) =>
  Effect.gen(function* () {
    const runs = yield* (yield* RunCatalogue).list
    yield* exportGit(runs, {
      folder: yield* folder,
      isOurs: true,
      identity,
      remote: { url: Redacted.make(remote) }
    })
    return headsOf(remote)
  }).pipe(Effect.provide([layerLogReader({ database }), gitLayer(environment)]))

const allNodes = (database: string) =>
  Effect.gen(function* () {
    const remote = yield* bare
    yield* exported(database, remote)
    return nodesOn(remote, `${branch}_dev`)
  })

/** Keys as the server of a test wants them, and says them back when they are others. */
const authorizing =
  (answered: Answering): Answering =>
  (request, response) => {
    const given = request.headers.authorization
    if (given === `Basic ${Buffer.from(`someone:${password}`).toString("base64")}`) {
      return answered(request, response)
    }
    const said = given === undefined ? "" : Buffer.from(given.slice(6), "base64").toString()
    response.writeHead(401, { "content-type": "text/plain", "www-authenticate": 'Basic realm="git"' })
    response.end(`no entry for ${said} (${given})\u001b[31m\n`)
    return true
  }

describe("gitSink", () => {
  it.scopedLive("shows a search as an export does afterwards, and changes nothing of it", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const remote = yield* bare
      const { digest, notices } = yield* shown({ database, url: `file://${remote}` })
      expect(digest).toBe(yield* digestOfUnseen)
      expect(notices).toEqual([])
      const heads = headsOf(remote)
      expect(heads.map((head) => head.split(" ")[0])).toEqual([branch, `${branch}_dev`])
      expect(yield* exported(database, yield* bare)).toEqual(heads)
      expect(yield* exported(database, remote)).toEqual(heads)
    })
  )

  it.scopedLive("goes on with a branch that somebody else has moved in the meantime", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const remote = yield* bare
      const pushed = yield* Deferred.make<void>()
      const address = yield* gitServer(
        remote,
        authorizing(({ method, url }, response) => {
          if (method === "POST" && url?.endsWith("/git-receive-pack") === true) {
            response.once("finish", () => Deferred.unsafeDone(pushed, Effect.void))
          }
          return false
        })
      )
      const moved = Effect.sync(() => commitOn(remote, `${branch}_dev`))
      const before = Effect.zipRight(Deferred.await(pushed), yield* Effect.cached(moved))
      const url = `http://someone:${password}@${address}/attempts.git`
      const { digest, notices } = yield* shown({ database, url, before })
      expect(notices).toEqual([])
      expect(digest).toBe(yield* digestOfUnseen)
      expect(nodesOn(remote, `${branch}_dev`).toSorted()).toEqual((yield* allNodes(database)).toSorted())
      expect(git(remote, "log", "--format=%s", `${branch}_dev`)).toContain("by somebody else")
      git(remote, "fsck", "--strict")
    })
  )

  it.scopedLive("adds nothing twice when a run is gone on with after its process was lost", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const remote = yield* bare
      const url = `file://${remote}`
      // Nothing is pushed at its end, as if it had been killed.
      const limits = { last: Duration.zero, interrupted: Duration.zero }
      const isThere = Effect.repeat(
        Effect.delay(
          Effect.sync(() => headsOf(remote).length),
          "20 millis"
        ),
        { until: (count) => count === 2 }
      )
      const reached = yield* Deferred.make<void>()
      const before = Effect.zipRight(Deferred.succeed(reached, undefined), Effect.never)
      const first = yield* Effect.fork(shown({ database, url, before, limits }))
      yield* Deferred.await(reached)
      yield* isThere
      yield* Fiber.interrupt(first)
      const { digest } = yield* shown({ database, url }, resuming)
      expect(digest).toBe(yield* digestOfUnseen)
      const nodes = yield* allNodes(database)
      expect(nodes).toHaveLength(8)
      expect(nodesOn(remote, `${branch}_dev`)).toEqual(nodes)
    })
  )

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
      expect(notices.at(-1)).toContain("pre-receive hook declined")
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
      const limits = { last: Duration.minutes(10), interrupted: Duration.millis(50) }
      const url = `http://${address}/attempts.git`
      const running = yield* Effect.fork(shown({ database, url, before: Effect.never, onNotice, limits }))
      yield* Deferred.await(asked)
      yield* Fiber.interrupt(running)
      expect(notices).toHaveLength(1)
      expect(notices[0]).toContain("it took more than 50ms")
      const { digest } = yield* shown({ database, url: undefined }, resuming)
      expect(digest).toBe(yield* digestOfUnseen)
    })
  )
})

/** Somebody else's commit on top of a branch. */
const commitOn = (repository: string, name: string): void => {
  const who = ["-c", "user.name=o", "-c", "user.email=o@example.org"]
  const tree = git(repository, "rev-parse", `${name}^{tree}`).trim()
  const commit = git(repository, ...who, "commit-tree", "-p", name, "-m", "by somebody else", tree).trim()
  git(repository, "update-ref", `refs/heads/${name}`, commit)
}

import { describe, expect, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber } from "effect"
import { metricsAt } from "../../../src/programs/exportGit/metrics.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { bare, git, gitServer, headsOf, nodesOn } from "./repositories.ts"
import {
  allNodes,
  authorizing,
  branch,
  digestOfUnseen,
  exported,
  password,
  patient,
  resuming,
  shown
} from "./showing.ts"

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
      const waits = { ...patient, last: Duration.zero, interrupted: Duration.zero }
      const isThere = Effect.repeat(
        Effect.delay(
          Effect.sync(() => headsOf(remote).length),
          "20 millis"
        ),
        { until: (count) => count === 2 }
      )
      const reached = yield* Deferred.make<void>()
      const before = Effect.zipRight(Deferred.succeed(reached, undefined), Effect.never)
      const first = yield* Effect.fork(shown({ database, url, before, waits }))
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

  it.scopedLive("says in every commit where the metrics of its run are", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const remote = yield* bare
      // As at Weights & Biases: the page is not known before the run has been opened there.
      const metrics = metricsAt((runId) => Effect.succeed(`https://wandb.example/p/runs/${runId}`))
      const { runId } = yield* shown({ database, url: `file://${remote}`, metrics })
      const lines = git(remote, "log", "--format=%B", `${branch}_dev`).match(/^Metrics: .*$/gm)
      expect(lines).toEqual(Array(8).fill(`Metrics: https://wandb.example/p/runs/${runId}`))
      // They are no part of what an attempt is known by.
      expect(yield* exported(database, remote)).toEqual(headsOf(remote))
      const other = yield* bare
      yield* exported(database, other)
      expect(git(other, "log", "-1", "--format=%B", branch)).toContain(`\nMetrics: seidr analyse ${runId}\n`)
      expect(yield* metricsAt(() => Effect.succeed(undefined))(runId)).toBe(`seidr analyse ${runId}`)
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

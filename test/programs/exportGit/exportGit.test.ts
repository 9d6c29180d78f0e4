import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Context, Effect, Layer, Redacted } from "effect"
import type { RunId } from "../../../src/domain/ids.ts"
import { exportGit } from "../../../src/programs/exportGit/exportGit.ts"
import { historyOf } from "../../../src/programs/history.ts"
import { EventLog } from "../../../src/services/EventLog.ts"
import { layer as gitLayer } from "../../../src/services/Git/layer.ts"
import { Git } from "../../../src/services/Git.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import type { Oracle } from "../../support/oracle.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { bare, environment, folder, git, headsOf, nodesOn } from "./repositories.ts"

const oracle: Oracle = { seed: 5, cases: 3, skill: 0.3, silence: 0.1 }
const settings = { ...published, drafts: 2, explanations: 1, repairs: 2, beamWidth: 2, maxPrograms: 8 }
const identity = { name: "A. Nyone", email: "a@example.org" }

/** Solves with each seed and is given the log. */
const withRuns = <A, E, R>(seeds: ReadonlyArray<number>, then: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const layer = searching({ database: yield* temporaryLog, model: oracleModel(oracle) })
    return yield* Effect.gen(function* () {
      for (const seed of seeds) yield* solveAndReplay(preparedIn({ settings: { ...settings, seed }, oracle }))
      return yield* then
    }).pipe(Effect.provide(Layer.provideMerge(gitLayer(environment), layer)))
  })

const exporting = (repository: string, remote?: string, isOurs = false) =>
  Effect.gen(function* () {
    const runs = yield* (yield* RunCatalogue).list
    return yield* exportGit(runs, {
      folder: repository,
      identity,
      isOurs,
      remote: remote === undefined ? undefined : { url: Redacted.make(remote) }
    })
  })

describe("exportGit", () => {
  it.scopedLive("commits every attempt on one branch and every strict improvement on the other", () =>
    Effect.gen(function* () {
      const repository = join(yield* folder, "attempts.git")
      yield* withRuns(
        [1],
        Effect.gen(function* () {
          const { attempts, branches } = yield* exporting(repository)
          const [run] = yield* (yield* RunCatalogue).list
          const history = (yield* historyOf(run!.runId as RunId))!
          const nodes = [...history.nodes.values()].sort(({ evaluated: a }, { evaluated: b }) =>
            a === undefined || b === undefined ? 0 : a.index - b.index
          )
          expect(attempts).toBe(nodes.length)
          const name = "test_scripted_2x1x2_run0"
          expect(branches.map((branch) => branch.name)).toEqual([name, `${name}_dev`])
          const log = yield* EventLog
          const messages = git(repository, "log", "-z", "--reverse", "--format=%B", `${name}_dev`).split("\0")
          const indices = messages
            .filter((message) => message !== "")
            .map((message) => {
              expect(message).toMatch(/^Attempt \d+ at echo: \d+\.\d % of tests passed\n/)
              return Number(/^Attempt (\d+)/.exec(message)?.[1])
            })
          expect([...indices].sort((left, right) => left - right)).toEqual(nodes.map((_, index) => index))
          for (const [place, index] of indices.entries()) {
            const node = nodes.find(({ written }) => written.index === index)!
            const program = node.written.program === null ? "" : yield* log.text(node.written.program)
            expect(git(repository, "show", `${name}_dev~${indices.length - 1 - place}:echo.py`)).toBe(program)
          }
          // Strictly better than whatever was judged before.
          let best = Number.NEGATIVE_INFINITY
          const better = indices.filter((index) => {
            const { score } = nodes.find(({ written }) => written.index === index)!.evaluated!
            const isBetter = score > best
            best = Math.max(best, score)
            return isBetter
          })
          expect(
            git(repository, "log", "--reverse", "--format=%s", name)
              .match(/\d+(?= at)/g)
              ?.map(Number)
          ).toEqual(better)
          expect(git(repository, "log", "-1", "--format=%cn %ce", name).trim()).toBe("A. Nyone a@example.org")
          git(repository, "fsck", "--strict")
        })
      )
    })
  )

  it.scopedLive("adds nothing the second time, and what is new the third", () =>
    Effect.gen(function* () {
      const repository = join(yield* folder, "attempts.git")
      const remote = join(yield* folder, "remote.git")
      execFileSync("git", ["init", "--quiet", "--bare", remote])
      yield* withRuns(
        [1, 2],
        Effect.gen(function* () {
          const first = yield* exporting(repository, `file://${remote}`)
          expect(first.branches.map(({ name }) => name)).toHaveLength(4)
          expect(yield* exporting(repository, `file://${remote}`)).toEqual(first)
          yield* solveAndReplay(preparedIn({ settings: { ...settings, seed: 3 }, oracle }))
          const third = yield* exporting(repository, `file://${remote}`)
          expect(third.branches).toHaveLength(6)
          expect(third.branches).toEqual(expect.arrayContaining([...first.branches]))
          const heads = git(remote, "for-each-ref", "--format=%(refname:short) %(objectname)")
            .trim()
            .split("\n")
          expect(heads).toEqual(third.branches.map(({ commit, name }) => `${name} ${commit}`).sort())
        })
      )
    })
  )

  it.scopedLive(
    "takes the next branch where another run has its file, and adds to what somebody else has put there",
    () =>
      Effect.gen(function* () {
        const repository = join(yield* folder, "attempts.git")
        const [first] = (yield* withRuns([1], exporting(repository))).branches
        const name = "test_scripted_2x1x2_run"
        yield* withRuns(
          [2, 3],
          Effect.gen(function* () {
            const second = yield* exporting(repository)
            expect(second.branches.map((branch) => branch.name)).toEqual(
              [1, 2].flatMap((number) => [`${name}${number}`, `${name}${number}_dev`])
            )
            // A commit of somebody else, on top.
            const tree = git(repository, "rev-parse", `${name}1_dev^{tree}`).trim()
            const other = git(
              repository,
              "-c",
              "user.name=o",
              "-c",
              "user.email=o@o",
              ...["commit-tree", "-p", `${name}1_dev`, "-m", "mine", tree]
            ).trim()
            git(repository, "update-ref", `refs/heads/${name}1_dev`, other)
            expect(
              (yield* exporting(repository)).branches.find((branch) => branch.name === `${name}1_dev`)?.commit
            ).toBe(other)
          })
        )
        expect(git(repository, "rev-parse", `${name}0`).trim()).toBe(first?.commit)
      })
  )

  it.scopedLive("looks again when another process was faster", () =>
    Effect.gen(function* () {
      const remote = yield* bare
      const url = `file://${remote}`
      const other = withRuns(
        [2],
        Effect.flatMap(folder, (path) => exporting(join(path, "other.git"), url))
      )
      const faster = yield* Effect.cached(Effect.orDie(other))
      // Another log's run comes to the same branch after this one has looked, and before it pushes.
      const late = Layer.map(gitLayer(environment), (context) => {
        const real = Context.get(context, Git)
        const push: (typeof real)["push"] = (...args) =>
          Effect.zipRight(Effect.scoped(faster), real.push(...args))
        return Context.make(Git, { ...real, push })
      })
      const path = join(yield* folder, "own.git")
      const { branches } = yield* withRuns([1], Effect.provide(exporting(path, url, true), late))
      const name = "test_scripted_2x1x2_run"
      expect(branches.map((branch) => branch.name)).toEqual([`${name}1`, `${name}1_dev`])
      expect(headsOf(remote).map((head) => head.split(" ")[0])).toEqual(
        [0, 1].flatMap((number) => [`${name}${number}`, `${name}${number}_dev`])
      )
      for (const number of [0, 1]) expect(new Set(nodesOn(remote, `${name}${number}_dev`)).size).toBe(8)
    })
  )

  it.scopedLive("names no password", () =>
    Effect.gen(function* () {
      const url = "http://someone:hunter2secret@127.0.0.1:1/x.git"
      const refused = yield* Effect.flip(withRuns([1], exporting(join(yield* folder, "b.git"), url)))
      expect(String(refused)).toContain("asking http://127.0.0.1:1/x.git")
      expect(String(refused)).not.toMatch(/hunter2secret|someone/)
    })
  )
})

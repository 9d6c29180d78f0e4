import { chmodSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect } from "effect"
import { configurationFrom } from "../../src/programs/configuration.ts"
import { fork } from "../../src/programs/fork/fork.ts"
import { layer } from "../../src/programs/layers.ts"
import { executeAgain } from "../../src/programs/replay/executeAgain.ts"
import { replay } from "../../src/programs/replay/replay.ts"
import { resume } from "../../src/programs/resume.ts"
import { begin } from "../../src/programs/solve/begin.ts"
import { requestOf } from "../../src/programs/solve/options.ts"
import { prepare } from "../../src/programs/solve/prepare.ts"
import { unfinished } from "../../src/programs/solve/unfinished.ts"
import type { Trust } from "../../src/programs/trust.ts"
import { EventLog } from "../../src/services/EventLog.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import { rewritten } from "../support/rewriting.ts"
import { eventsOf } from "../support/searching.ts"
import { only } from "../support/stepsLeft.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const nothing = () => Effect.void

/** A critic with one opinion on every program. */
const saying = (passed: boolean) =>
  `#!/bin/sh\necho '{"score": ${passed ? 1 : 0.25}, "passed": ${passed}, "report": "so it is"}'\n`

/** A folder with a problem and its critic, and all that runs searches on it. */
const withCritic = Effect.gen(function* () {
  const database = yield* temporaryLog
  const folder = dirname(database)
  const critic = `${folder}/judge`
  const judge = (content: string) => {
    writeFileSync(critic, content)
    chmodSync(critic, 0o755)
  }
  judge(saying(false))
  writeFileSync(`${folder}/p.yaml`, "name: game\ndescription: Play.\ncritic: judge\n")
  const configuration = yield* configurationFrom(
    { PATH: process.env["PATH"] },
    { database, unconfined: true }
  )
  let drawn = 0
  const model = scripted(() => `\`\`\`python\nprint(${drawn++})\n\`\`\`\n`)
  return {
    critic,
    judge,
    services: layer({ ...configuration, cache: `${folder}/cache.db` }, { scripted: model }),
    request: yield* requestOf({
      problem: `${folder}/p.yaml`,
      model: "scripted",
      maxPrograms: 1,
      draftsPerPrompt: 1,
      timeLimitMs: 10_000
    })
  }
})

describe("a critic that has changed since a run began", () => {
  it.scopedLive("goes on with the run only where that is said, and in so many words", () =>
    Effect.gen(function* () {
      const { critic, judge, request, services } = yield* withCritic
      yield* Effect.gen(function* () {
        const prepared = yield* prepare(request)
        const { runId } = yield* begin(prepared, nothing, nothing)
        // As a crash before the verdict would have left it.
        const rows = yield* eventsOf(runId)
        const judgedAt = rows.findIndex(({ event }) => event._tag === "ProgramEvaluated")
        const left = yield* rewritten(rows.slice(0, judgedAt))
        const goneOn = (trust: Trust) => resume(left, Duration.zero, nothing, trust)
        const forked = (trust: Trust) =>
          fork(
            {
              parent: runId,
              at: { kind: "position", position: judgedAt - 1 },
              overrides: {},
              answers: "adopt",
              label: undefined,
              maxOutage: Duration.zero,
              trust
            },
            nothing,
            nothing
          )
        expect(yield* unfinished(yield* prepare(request))).toBe(left)

        judge(saying(true))
        for (const refused of [
          yield* Effect.flip(goneOn("trusted")),
          yield* Effect.flip(forked("trusted"))
        ]) {
          expect(refused).toMatchObject({
            _tag: "CriticChanged",
            message: expect.stringMatching(
              `${critic} has changed \\(sha256 [0-9a-f]{12}, now [0-9a-f]{12}\\)`
            )
          })
        }
        // It is another search now: nobody is judged by two critics unawares.
        expect(yield* unfinished(yield* prepare(request))).toBeUndefined()

        const again = yield* executeAgain(runId, Number.POSITIVE_INFINITY, 1, nothing, "trusted")
        expect(again).toMatchObject({
          critic: [{ path: critic, now: expect.stringMatching(/^[0-9a-f]{64}$/) }],
          changed: [{ recorded: { verdict: "WrongAnswer", score: 0.25 }, now: { verdict: "Passed" } }]
        })

        const resumed = yield* goneOn("though changed")
        expect(resumed.status).toBe("solved")
        const { now } = again.critic[0]!
        const events = (yield* eventsOf(left)).map(({ event }) => event)
        expect(only(events, "RunResumed")).toMatchObject([{ critic: [{ path: critic, sha256: now }] }])
        expect((yield* replay(left)).divergence).toBeUndefined()
        const child = yield* forked("though changed")
        expect(child.status).toBe("solved")
        const past = (yield* eventsOf(child.runId)).map(({ event }) => event)
        expect(only(past, "RunForked")).toMatchObject([{ critic: [{ path: critic, sha256: now }] }])

        rmSync(critic)
        expect((yield* Effect.flip(forked("trusted"))).message).toContain(`${critic} is not there`)
      }).pipe(Effect.provide(services))
    })
  )

  it.scopedLive("goes on as ever where it is what it was, and in a log that is older than such hashes", () =>
    Effect.gen(function* () {
      const { judge, request, services } = yield* withCritic
      yield* Effect.gen(function* () {
        const prepared = yield* prepare(request)
        const { check } = prepared.problem
        if (check._tag !== "Critic") return yield* Effect.dieMessage("there is a critic")
        const { files: _, ...older } = check
        const problem = { ...prepared.problem, check: older }
        const { runId } = yield* begin(
          { ...prepared, problem, document: JSON.stringify(problem) },
          nothing,
          nothing
        )
        const rows = yield* eventsOf(runId)
        const left = yield* rewritten(rows.slice(0, -1))
        judge(saying(true))
        yield* resume(left, Duration.zero, nothing, "trusted")
        const begun = rows[0]!.event
        if (begun._tag !== "RunStarted") return
        expect(yield* (yield* EventLog).text(begun.problem.document)).not.toContain("sha256")
        expect(
          only(
            (yield* eventsOf(left)).map(({ event }) => event),
            "RunResumed"
          )[0]
        ).not.toHaveProperty("critic")
      }).pipe(Effect.provide(services))
    })
  )
})

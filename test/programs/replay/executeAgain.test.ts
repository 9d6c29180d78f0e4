import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer, Schema } from "effect"
import type { Execution } from "../../../src/domain/evaluation.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import type { RunId } from "../../../src/domain/ids.ts"
import { Problem } from "../../../src/domain/problem.ts"
import { layerLogReader } from "../../../src/programs/layers.ts"
import { executeAgain } from "../../../src/programs/replay/executeAgain.ts"
import { EventLog, type Stored } from "../../../src/services/EventLog.ts"
import { RunIds } from "../../../src/services/RunIds.ts"
import { Sandbox, SandboxFailed } from "../../../src/services/Sandbox.ts"
import { fakeSandbox, noCritics } from "../../support/fakeSandbox.ts"
import { eventsOf, oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { runSmallProgram } from "../../support/smallPrograms.ts"
import { only } from "../../support/stepsLeft.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const settings = { ...published, maxPrograms: 10, drafts: 3, explanations: 1, repairs: 2, beamWidth: 2 }
const oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }
const everything = Number.POSITIVE_INFINITY

/** A finished run, to be run again in another sandbox. */
const withRun = <A, E>(
  use: (runId: RunId, rows: ReadonlyArray<Stored>, database: string) => Effect.Effect<A, E, EventLog | RunIds>
) =>
  Effect.gen(function* () {
    const database = yield* temporaryLog
    return yield* Effect.provide(
      Effect.gen(function* () {
        const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
        return yield* use(result.runId, yield* eventsOf(result.runId), database)
      }),
      searching({ database, model: oracleModel(oracle) })
    )
  })

/** A sandbox on another machine, on which executions end otherwise. */
const sandboxWith = (change: (execution: Execution, input: string) => Execution) =>
  Layer.merge(
    noCritics,
    Layer.succeed(Sandbox, {
      tier: Effect.succeed({ name: "other", detail: "" }),
      toolchain: () => Effect.succeed("small programs 2"),
      identity: () => Effect.succeed("small programs 2"),
      run: ({ source, inputs }) => {
        const ran = runSmallProgram(source, inputs)
        return Effect.succeed(
          ran._tag === "Ran"
            ? { ...ran, executions: ran.executions.map((execution, at) => change(execution, inputs[at]!)) }
            : ran
        )
      },
      open: () => Effect.dieMessage("small programs are not talked with")
    })
  )

const judgedIn = (rows: ReadonlyArray<Stored>) =>
  only(
    rows.map(({ event }) => event),
    "ProgramEvaluated"
  )

describe("running a run's programs again", () => {
  it.scopedLive("changes nothing where they do the same, and runs each text once, with a reader's log", () =>
    withRun((runId, rows, database) =>
      Effect.gen(function* () {
        let ran = 0
        const counting = fakeSandbox(() => Effect.sync(() => void ran++))
        const again = yield* executeAgain(runId, everything, 4).pipe(
          Effect.provide(Layer.merge(counting, layerLogReader({ database })))
        )
        const texts = new Set(judgedIn(rows).flatMap(({ program }) => program ?? []))
        expect(again).toMatchObject({ programs: texts.size, cases: 4, changed: [], failed: [] })
        expect(ran).toBe(texts.size)
        expect(again.environment.now).toEqual(again.environment.recorded)
        // Only those that were judged up to a position.
        const first = rows.find(({ event }) => event._tag === "ProgramEvaluated")!
        expect((yield* Effect.provide(executeAgain(runId, first.pos, 4), counting)).programs).toBeLessThan(2)
      })
    )
  )

  it.scopedLive("lists each verdict that has changed, and says what it may depend on", () =>
    withRun((runId, rows) =>
      Effect.gen(function* () {
        const slow = sandboxWith((execution, input) =>
          input === "1" ? { ...execution, ending: { _tag: "TimeLimit" } } : execution
        )
        const { changed, environment } = yield* Effect.provide(executeAgain(runId, everything, 2), slow)
        expect(environment.now).toEqual({ tier: "other", toolchain: "small programs 2" })
        const first = new Map(
          judgedIn(rows)
            .map((event) => [event.program, event] as const)
            .reverse()
        )
        const expected = [...first.values()].filter(
          ({ program, verdicts }) => program !== null && verdicts[1] !== "T"
        )
        expect(expected.length).toBeGreaterThan(0)
        expect(changed.map(({ node }) => node).sort()).toEqual(expected.map(({ node }) => node).sort())
        for (const change of changed) {
          expect(change).toMatchObject({
            case: 1,
            now: { verdict: "TimeLimit", score: 0 },
            dependsOn: "time"
          })
        }
        const wrong = sandboxWith((execution) => ({
          ...execution,
          stdout: "else",
          ending: { _tag: "Exited", code: 0 }
        }))
        const all = yield* Effect.provide(executeAgain(runId, everything, 2), wrong)
        expect(
          all.changed.some(({ dependsOn, recorded }) => dependsOn === null && recorded.verdict === "Passed")
        ).toBe(true)
      })
    )
  )

  it.scopedLive("does not take a sandbox that fails for a program that does", () =>
    withRun((runId) =>
      Effect.gen(function* () {
        const broken = fakeSandbox(() => new SandboxFailed({ tier: "pretended", reason: "no room" }))
        const again = yield* Effect.provide(executeAgain(runId, everything, 2), broken)
        expect(again.changed).toEqual([])
        expect(again.failed).toHaveLength(again.programs)
        expect(again.failed[0]!.reason).toContain("no room")
      })
    )
  )

  it.scopedLive("does not run a critic that a log names", () =>
    withRun((_, rows) =>
      Effect.gen(function* () {
        const log = yield* EventLog
        const event = rows[0]!.event
        if (event._tag !== "RunStarted") return
        const json = Schema.parseJson(Problem)
        const problem = Schema.decodeSync(json)(yield* log.text(event.problem.document))
        const check = { _tag: "Critic", command: ["rm", "-rf"], timeMs: 1 } as const
        const document = Schema.encodeSync(json)({ ...problem, check })
        const started = { ...event, problem: { ...event.problem, document: sha256(document) } }
        const runId = yield* (yield* RunIds).next
        yield* log.append(runId, [{ event: started, cause: null }], [document])
        const error = yield* Effect.flip(Effect.provide(executeAgain(runId, everything, 1), fakeSandbox()))
        expect(error).toMatchObject({ _tag: "CriticUntrusted", critic: "rm -rf" })
      })
    )
  )
})

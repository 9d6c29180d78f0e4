import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { inFolder, seidr, start } from "../programs/cli/seidr.ts"
import { killed, stoppingAt } from "./support/killing.ts"
import { halfAnAnswer, type ModelServer, modelServer } from "./support/modelServer.ts"
import {
  expectNothingBoughtTwice,
  expectOnRecord,
  expectSound,
  keptIn,
  outcomeOf,
  search,
  undisturbed
} from "./support/search.ts"

const kinds = [
  "RunStarted",
  "CompletionRequested",
  "CompletionReceived",
  "ProgramWritten",
  "ProgramEvaluated",
  "GenerationRanked",
  "InstructionWritten",
  "SearchEnded",
  "HiddenScored",
  "RunFinished"
]

const steps = [
  "Synthesize.Draft",
  "Execute.Execute",
  "Execute.ScoreHidden",
  "Rank.Rank",
  "Rank.End",
  "Rank.Finish",
  "Instruct.Instruct",
  "Debug.Debug"
]

/** What a step does outside of the log; the numbers are such that drafts, explanations and repairs are met. */
const deeds: ReadonlyArray<readonly [string, number]> = [
  ...[1, 4, 7].flatMap(
    (nth): ReadonlyArray<readonly [string, number]> => [
      // The request is recorded, and has not left.
      ["Asking.attempt begins", nth],
      // The answer has arrived, and is not recorded.
      ["Asking.attempt ends", nth]
    ]
  ),
  ["Sandbox.run begins", 2],
  ["Sandbox.run ends", 2],
  ["evaluate ends", 3]
]

const opening = [
  "before CREATE TABLE event",
  "after CREATE TABLE event",
  "after PRAGMA user_version =",
  "before COMMIT of no event",
  "after COMMIT of no event",
  "before PRAGMA journal_mode = WAL",
  "after PRAGMA journal_mode = WAL",
  "before INSERT INTO lease",
  "after INSERT INTO lease",
  "before UPDATE lease",
  "after UPDATE lease"
]

/** The points of the writer, of every actor, and of the opening of a log, with the number of the passing. */
const points: ReadonlyArray<readonly [string, number]> = [
  ["before BEGIN", 9],
  ["after BEGIN", 10],
  ...kinds.flatMap(
    (kind): ReadonlyArray<readonly [string, number]> => [
      [`after INSERT of ${kind}`, 1],
      [`before COMMIT of ${kind}`, 1],
      // Committed, and not acknowledged.
      [`after COMMIT of ${kind}`, 1]
    ]
  ),
  // Taken out of the inbox; acknowledged and published, with nothing handed on yet.
  ...steps.flatMap(
    (step): ReadonlyArray<readonly [string, number]> => [
      [`${step} begins`, 1],
      [`${step} ends`, 1]
    ]
  ),
  ...deeds,
  ...opening.map((point) => [point, 1] as const)
]

const duringResume: ReadonlyArray<readonly [string, number]> = [
  ["before INSERT INTO lease", 1],
  ["after INSERT INTO lease", 1],
  ["after INSERT of RunResumed", 1],
  ["before COMMIT of RunResumed", 1],
  ["after COMMIT of RunResumed", 1],
  ["after COMMIT of CompletionRequested", 1],
  ["before COMMIT of RunFinished", 1],
  ["after COMMIT of RunFinished", 1]
]

describe("a run that is killed", { timeout: 600_000 }, () => {
  let server: ModelServer
  let whole: Readonly<Record<string, unknown>>

  beforeAll(async () => {
    const first = await modelServer()
    whole = await undisturbed(first)
    await first.close()
    expect(whole).toMatchObject({ status: 1, programs: 10, generations: 3 })
  })
  afterAll(() => server?.close())

  /** Goes on after a kill, and shows that nothing is missing, bought twice or otherwise than without it. */
  const expectItGoesOn = async (cwd: string) => {
    const before = keptIn(cwd)
    expectOnRecord(before, server)
    const askedBefore = server.asked.length
    const again = before.runId === undefined ? search : ["resume", before.runId, "--json"]
    const ended = await seidr(again, { cwd, env: server.env })
    expect(outcomeOf(ended)).toEqual(whole)
    expectNothingBoughtTwice(before, server.asked.slice(askedBefore))
    await expectSound(cwd, server)
    if (before.isFinished) expect(server.asked.length).toBe(askedBefore)
  }

  const withServer = async (use: () => Promise<void>) => {
    server = await modelServer()
    try {
      await use()
    } finally {
      await server.close()
    }
  }

  it.each(points)("at the point '%s' (%i) comes to the same end", (point, nth) =>
    withServer(() =>
      inFolder(async (cwd) => {
        const running = start(search, { cwd, env: { ...server.env, ...stoppingAt(point, nth) } })
        await running.said(/^stopped at /m)
        await killed(running)
        await expectItGoesOn(cwd)
      })
    )
  )

  it.each(duringResume)("and killed again by its resume at '%s' (%i) comes to the same end", (point, nth) =>
    withServer(() =>
      inFolder(async (cwd) => {
        const first = { ...server.env, ...stoppingAt("after COMMIT of ProgramEvaluated", 4) }
        const running = start(search, { cwd, env: first })
        await running.said(/^stopped at /m)
        await killed(running)
        const { runId } = keptIn(cwd)
        const env = { ...server.env, ...stoppingAt(point, nth) }
        const again = start(["resume", runId!, "--json"], { cwd, env })
        await again.said(/^stopped at /m)
        await killed(again)
        await expectItGoesOn(cwd)
      })
    )
  )

  it.each([1, 4, 7, 9])("while its request %i is under way asks that again, and no other", (nth) =>
    withServer(() =>
      inFolder(async (cwd) => {
        const asked = new Promise<void>((done) => server.at(nth, () => done()))
        const running = start(search, { cwd, env: server.env })
        await asked
        await killed(running)
        const { requested, answered } = keptIn(cwd)
        const underWay = server.asked[nth - 1]!
        expect([requested.get(underWay), answered.has(underWay)]).toEqual([1, false])
        await expectItGoesOn(cwd)
        expect(keptIn(cwd).requested.get(underWay)).toBe(2)
        expect(server.asked.filter((key) => key === underWay)).toHaveLength(2)
      })
    )
  )

  it("in the middle of an answer asks for it again", () =>
    withServer(() =>
      inFolder(async (cwd) => {
        const begun = new Promise<void>((done) =>
          server.at(5, (response) => {
            halfAnAnswer(response)
            done()
          })
        )
        const running = start(search, { cwd, env: server.env })
        await begun
        await killed(running)
        await expectItGoesOn(cwd)
        expect(server.asked.filter((key) => key === server.asked[4])).toHaveLength(2)
      })
    ))
})

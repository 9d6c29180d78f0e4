import { existsSync, readFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect, FastCheck, Layer } from "effect"
import { fork } from "../../../src/programs/fork/fork.ts"
import { layerAudit, layerLogReader } from "../../../src/programs/layers.ts"
import { verify } from "../../../src/programs/verify/verify.ts"
import { layerLogAudit } from "../../../src/services/EventLog/sqlite/audit.ts"
import { layerReader } from "../../../src/services/EventLog/sqlite/connect.ts"
import { LogAudit } from "../../../src/services/LogAudit.ts"
import { lawRuns } from "../../support/lawRuns.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { tablesOf } from "../../support/tables.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { openLog } from "./openLog.ts"
import { entry, resumed, runNamed, started } from "./samples.ts"
import {
  cutLog,
  drawnRedactions,
  drawnRuns,
  exported,
  imported,
  logOf,
  merged,
  redacting,
  temporaryArchive
} from "./transfer.ts"

const findingsOf = (file: string) =>
  Effect.flatMap(LogAudit, ({ audit }) => audit(undefined)).pipe(
    Effect.map(({ findings }) => findings),
    Effect.provide(Layer.provide(layerLogAudit, layerReader(file)))
  )

describe("export and import", () => {
  it.scopedLive.prop(
    "are the identity, and an archive is the same whatever log it comes from",
    [drawnRuns, drawnRedactions],
    ([drawn, redactions]) =>
      Effect.gen(function* () {
        const file = yield* logOf(drawn)
        redacting(file, redactions)
        const archive = yield* temporaryArchive
        yield* exported(file, archive)
        const copy = yield* temporaryLog
        const taken = yield* imported(archive, copy)
        expect(taken.every(({ outcome }) => outcome === "added")).toBe(true)
        expect(tablesOf(copy)).toEqual(tablesOf(file))
        expect(yield* findingsOf(copy)).toEqual([])
        const again = yield* temporaryArchive
        yield* exported(copy, again)
        expect(readFileSync(again).equals(readFileSync(archive))).toBe(true)
        expect((yield* imported(archive, copy)).every(({ outcome }) => outcome === "known")).toBe(true)
        expect(tablesOf(copy)).toEqual(tablesOf(file))
      }),
    lawRuns(3)
  )

  it.scopedLive("take a search and its fork along, which verify and replay as before", () =>
    Effect.gen(function* () {
      const settings = { ...published, maxPrograms: 8, drafts: 3, explanations: 1, repairs: 2, beamWidth: 2 }
      const oracle = { seed: 6, cases: 3, skill: 0.3, silence: 0.1 }
      const database = yield* temporaryLog
      const child = yield* Effect.gen(function* () {
        const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
        return yield* fork(
          {
            parent: result.runId,
            at: { kind: "generation", generation: 0 },
            overrides: { maxPrograms: 3 },
            answers: "adopt",
            label: undefined,
            maxOutage: Duration.zero
          },
          () => Effect.void,
          () => Effect.void
        )
      }).pipe(Effect.provide(searching({ database, model: oracleModel(oracle) })))
      const archive = yield* temporaryArchive
      const { heads, bytes } = yield* exported(database, archive, [child.runId])
      expect(bytes).toBe(readFileSync(archive).length)
      const copy = yield* temporaryLog
      yield* imported(archive, copy)
      const layer = Layer.merge(layerLogReader({ database: copy }), layerAudit({ database: copy }))
      const verified = yield* Effect.provide(verify(undefined, undefined), layer)
      expect(verified).toMatchObject({ findings: [], heads })
      expect(heads.map(({ run }) => run)).toContain(child.runId)
    })
  )

  it.scopedLive("hand out one run with its ancestors alone, to a place where nothing is", () =>
    Effect.gen(function* () {
      const none = { steps: [], parent: null, at: 0 }
      const file = yield* logOf([none, none, { ...none, parent: 1 }, { ...none, parent: 2 }])
      const archive = yield* temporaryArchive
      const { heads } = yield* exported(file, archive, [runNamed(3)])
      expect(heads.map(({ run }) => run)).toEqual([runNamed(1), runNamed(2), runNamed(3)])
      const before = readFileSync(archive)
      expect((yield* Effect.flip(exported(file, archive))).message).toMatch(/runs.seidr: it is there already/)
      expect(readFileSync(archive).equals(before)).toBe(true)
      expect(existsSync(`${archive}.part`)).toBe(false)
    })
  )
})

describe("merge", () => {
  it.scopedLive.prop(
    "keeps the longer of each run, in whatever order, and changes nothing the second time",
    [
      drawnRuns,
      FastCheck.array(FastCheck.tuple(FastCheck.nat({ max: 8 }), FastCheck.nat({ max: 8 })), {
        minLength: 5,
        maxLength: 5
      }),
      FastCheck.tuple(drawnRedactions, drawnRedactions)
    ],
    ([drawn, lengths, redactions]) =>
      Effect.gen(function* () {
        const file = yield* logOf(drawn)
        const left = yield* cutLog(
          file,
          lengths.map(([length]) => length)
        )
        const right = yield* cutLog(
          file,
          lengths.map(([, length]) => length)
        )
        const longest = yield* cutLog(
          file,
          lengths.map(([one, other]) => Math.max(one, other))
        )
        redacting(left, redactions[0])
        redacting(right, redactions[1])
        const [one, other, third] = [yield* temporaryLog, yield* temporaryLog, yield* temporaryLog]
        yield* merged([left, right], one)
        yield* merged([right], other)
        yield* merged([left], other)
        yield* merged([longest], third)
        const tables = tablesOf(one)
        expect(tablesOf(other)).toEqual(tables)
        if (redactions.flat().length === 0) expect(tablesOf(third)).toEqual(tables)
        expect(yield* findingsOf(one)).toEqual([])
        const again = yield* merged([right, left, one], one)
        expect(again.every(({ outcome, events }) => outcome === "known" && events === 0)).toBe(true)
        expect(tablesOf(one)).toEqual(tables)
      }),
    lawRuns(3)
  )

  const withEvents = (...epochs: ReadonlyArray<number>) =>
    Effect.tap(temporaryLog, (file) =>
      Effect.scoped(
        Effect.gen(function* () {
          const { log } = yield* openLog(file)
          // Sets the times apart too, so that only this order of runs makes them the same.
          yield* log.append(
            runNamed(1),
            [entry(started()), ...epochs.map((epoch) => entry(resumed(epoch)))],
            ["document"]
          )
        })
      )
    )

  it.scopedLive("refuses two runs of one id that differ, by name and position, and writes nothing", () =>
    Effect.gen(function* () {
      const file = yield* withEvents(1, 2, 3, 4, 5, 6)
      const parted = yield* cutLog(file, [0, 3])
      yield* Effect.scoped(
        Effect.gen(function* () {
          const { log } = yield* openLog(parted)
          yield* log.append(runNamed(1), [entry(resumed(99)), entry(resumed(5))], [])
          yield* log.append(runNamed(7), [entry(started())], ["document"])
        })
      )
      const fresh = yield* temporaryLog
      for (const logs of [
        [file, parted],
        [parted, file]
      ]) {
        const error = yield* Effect.flip(merged(logs, fresh))
        expect(error).toMatchObject({ _tag: "RunsDiffer", run: runNamed(1), pos: 4 })
        for (const name of logs) expect(error.message).toContain(name)
        expect(existsSync(fresh)).toBe(false)
      }
      const before = tablesOf(file)
      expect(yield* Effect.flip(merged([parted], file))).toMatchObject({ _tag: "RunsDiffer", pos: 4 })
      expect(tablesOf(file)).toEqual(before)
    })
  )

  it.scopedLive("takes a run that is being driven as far as it is committed, and adds nothing to one", () =>
    Effect.gen(function* () {
      const file = yield* withEvents(1, 2, 3)
      const short = yield* cutLog(file, [0, 1])
      const { leases } = yield* openLog(short)
      const fresh = yield* temporaryLog
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* leases.acquire(runNamed(1))
          expect(yield* merged([short], fresh)).toEqual([{ run: runNamed(1), outcome: "added", events: 2 }])
          expect(yield* Effect.flip(merged([file], short))).toMatchObject({ _tag: "RunHeld" })
        })
      )
      expect(yield* merged([file], short)).toEqual([{ run: runNamed(1), outcome: "extended", events: 2 }])
      expect(tablesOf(short)).toEqual(tablesOf(file))
    })
  )
})

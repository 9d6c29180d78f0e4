import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { scripted } from "../../../src/services/LanguageModel/scripted.ts"
import { commandLine } from "../../support/commandLine.ts"
import { rewritten, withChanged, without } from "../../support/rewriting.ts"
import { eventsOf, preparedIn, searching, solveAndReplay } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { answerWith, programText } from "../../support/smallPrograms.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"

const settings = { ...published, maxPrograms: 6, drafts: 2, explanations: 1, repairs: 2, beamWidth: 1 }
const oracle = { seed: 6, cases: 4, skill: 0, silence: 0 }
const driving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/

/** Writes what would take over a terminal, into programs and instructions alike; a repair is half right. */
const hostile = scripted(({ role }, { callKey }) =>
  role === "explain"
    ? "Look \u001b]52;c;aGk=\u0007 here"
    : answerWith(`${programText("m", role === "draft" ? "WWWW" : "PPWW")}# ${callKey}\u001b[2J\u202e\n`)
)

/** A log with an honest run, one with a changed score, one without an evaluation and one that has not ended. */
const madeLog = Effect.gen(function* () {
  const database = yield* temporaryLog
  const runs = yield* Effect.gen(function* () {
    const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
    const rows = yield* eventsOf(result.runId)
    const at = rows.findIndex(({ event }) => event._tag === "ProgramEvaluated")
    const changed = withChanged(rows, at, (event) =>
      event._tag === "ProgramEvaluated" ? { ...event, score: 0.5 } : event
    )
    return {
      at,
      honest: result.runId,
      changed: yield* rewritten(changed),
      lacking: yield* rewritten(without(rows, ({ pos }) => pos === at)),
      open: yield* rewritten(
        rows.slice(
          0,
          rows.findIndex(({ event }) => event._tag === "GenerationRanked")
        )
      )
    }
  }).pipe(Effect.provide(searching({ database, model: hostile })))
  return { ...runs, run: (...words: ReadonlyArray<string>) => commandLine(...words, "--db", database) }
})

const parsed = ({ out }: { readonly out: string }) => JSON.parse(out) as Record<string, unknown>

describe("comparing on the command line", () => {
  it.scopedLive("replays, in whole and in part, and says what diverges and why", () =>
    Effect.gen(function* () {
      const { at, changed, honest, lacking, open, run } = yield* madeLog
      expect(yield* run("replay", honest)).toMatchObject({
        status: 0,
        out: expect.stringMatching(/^identical: \d+ events/)
      })
      const part = yield* run("replay", honest, "--until", `${at}`)
      expect(part).toMatchObject({ status: 0, out: expect.stringMatching(/^identical up to position/) })
      expect(part.out).toMatch(/in generation 0, 1 programs judged, best 0\.000 \(0 of 4\) at d\d\nopen: /)
      const soFar = yield* run("replay", open)
      expect(soFar).toMatchObject({ status: 0, out: expect.stringMatching(/^identical so far/) })
      expect(parsed(yield* run("replay", open, "--json"))).toMatchObject({
        identical: true,
        finished: false,
        standing: { phase: "searching", judged: 2, open: [{ step: "Rank" }] }
      })
      const diverged = yield* run("replay", changed)
      expect(diverged.status).toBe(1)
      expect(diverged.out).toContain(`diverged at position ${at}: score is not what follows`)
      expect(diverged.out).toContain("score: recorded 0.5, derived 0")
      expect(diverged.out).toMatch(
        /caused by\n +\d+ {2}ProgramWritten d\d .*\n +\d+ {2}CompletionRequested d/
      )
      expect(diverged.out).toMatch(/ {6}0 {2}RunStarted echo/)
      expect(diverged.out).toContain("calls missing in the log: none\ncalls that do not follow: none")
      expect(yield* run("replay", changed, "--until", `${at - 1}`)).toMatchObject({ status: 0 })
      const lacks = parsed(yield* run("replay", lacking, "--json"))
      expect(lacks).toMatchObject({
        identical: false,
        divergence: { derived: null, calls: { missing: [], unjudged: [expect.stringMatching(/^d/)] } }
      })
      expect(yield* run("replay", honest, "--until", "999")).toMatchObject({ status: 2 })
      expect(yield* run("replay", honest, "--until", "d9")).toMatchObject({ status: 2 })
      for (const { out } of [part, soFar, diverged]) expect(out).not.toMatch(driving)
    })
  )

  it.scopedLive("shows two runs side by side, and a repair next to its parent, harmlessly", () =>
    Effect.gen(function* () {
      const { changed, honest, open, run } = yield* madeLog
      expect(parsed(yield* run("diff", honest, honest, "--json"))).toMatchObject({ same: true, first: null })
      const side = yield* run("diff", honest, open)
      expect(side).toMatchObject({ status: 0, out: expect.stringContaining("only the left run has it") })
      expect(side.out).toMatch(/status +unsolved +unfinished/)
      expect(side.out).toMatch(/\n {2}1 +0\.000 +0\.000\n {2}2 +0\.000 +0\.000\n {2}5 +0\.500 +-\n/)
      expect((yield* run("diff", honest, changed)).status).toBe(0)
      expect((yield* run("diff", honest, "nobody")).status).toBe(2)
      const { nodes } = parsed(yield* run("tree", honest, "--json")) as {
        readonly nodes: ReadonlyArray<{ readonly id: string; readonly parent: string | null }>
      }
      const repair = nodes.find(({ parent }) => parent !== null)!
      const shown = yield* run("show", honest, repair.id, "--diff")
      expect(shown).toMatchObject({ status: 0 })
      expect(shown.out).toContain(`--- ${repair.parent}\n+++ ${repair.id}\n@@ -1,3 +1,3 @@\n import m\n`)
      expect(shown.out).toContain('-print("WWWW")')
      expect(shown.out).toContain("\\x1b[2J\\u202e")
      expect(parsed(yield* run("show", honest, repair.id, "--diff", "--json"))).toMatchObject({
        id: repair.id,
        diff: { parent: repair.parent, hunks: [{ oldStart: 1, lines: expect.any(Array) }] }
      })
      expect((yield* run("show", honest, "d0", "--diff")).out).toContain("d0 is a draft")
      expect(yield* run("show", honest, `${repair.parent}.e0`, "--diff")).toMatchObject({ status: 2 })
      for (const { out } of [side, shown]) expect(out).not.toMatch(driving)
    })
  )
})

import { fileURLToPath } from "node:url"
import { describe, expect, it } from "@effect/vitest"
import { Duration, Effect } from "effect"
import { configurationFrom } from "../../src/programs/configuration.ts"
import { type ModelRequest, scripted, solve } from "../../src/programs/index.ts"
import { layer } from "../../src/programs/layers.ts"
import { replay } from "../../src/programs/replay/replay.ts"
import { resume } from "../../src/programs/resume.ts"
import type { Trust } from "../../src/programs/trust.ts"
import { halving } from "../support/guessing.ts"
import { rewritten } from "../support/rewriting.ts"
import { eventsOf } from "../support/searching.ts"
import { temporaryLog } from "../support/temporaryLog.ts"

const problem = fileURLToPath(new URL("../../docs/examples/guess/problem.yaml", import.meta.url))

const fenced = (program: string) => `\`\`\`python\n${program}\n\`\`\`\n`

/** Begins with a wrong program, and mends it. */
const answered = ({ role }: ModelRequest): string => {
  if (role === "draft") return fenced('print("seven", flush=True)')
  return role === "explain" ? "Halve the interval each time." : fenced(halving)
}

const solving = (database: string, said: Array<string>) =>
  Effect.gen(function* () {
    const configuration = yield* configurationFrom(
      { PATH: process.env["PATH"] },
      { database, unconfined: true }
    )
    const model = scripted((request) => {
      said.push(request.user.join(""))
      return answered(request)
    })
    return yield* Effect.gen(function* () {
      const result = yield* solve({
        problem,
        model: "scripted",
        maxPrograms: 6,
        draftsPerPrompt: 1,
        explanationsPerProgram: 1,
        repairsPerExplanation: 1,
        timeLimitMs: 10_000
      })
      // As a crash before its last event would have left it.
      const left = yield* rewritten((yield* eventsOf(result.runId)).slice(0, -1))
      const goneOn = (trust: Trust) => Effect.either(resume(left, Duration.zero, () => Effect.void, trust))
      return {
        result,
        replayed: yield* replay(result.runId),
        refused: yield* goneOn("refused"),
        trusted: yield* goneOn("trusted")
      }
    }).pipe(Effect.provide(layer({ ...configuration, cache: undefined }, { scripted: model })))
  })

describe("a problem with a critic", () => {
  it.scopedLive(
    "is solved, told to the model in the critic's words, replays, and is gone on with where it is trusted",
    () =>
      Effect.gen(function* () {
        const said: Array<string> = []
        const { replayed, result, refused, trusted } = yield* solving(yield* temporaryLog, said)
        expect(result).toMatchObject({
          status: "solved",
          problem: "guess a number",
          best: { program: expect.stringContaining("low, high"), passed: 5, total: 5 },
          hidden: { passed: 5, total: 5 }
        })
        expect(replayed).toMatchObject({ divergence: undefined })
        expect(refused).toMatchObject({ _tag: "Left", left: { _tag: "CriticUntrusted" } })
        expect(String(refused)).toContain("critic.py")
        expect(trusted).toMatchObject({ _tag: "Right", right: { status: "solved" } })
        expect(said[0]).toContain("Find a whole number from 1 to 1000")
        expect(said[0]).not.toContain("critic")
        expect(said.join("")).toContain(
          "When it is judged with 1, it does not pass:\nAfter 0 guesses at 1 the program printed 'seven' instead of a number"
        )
      })
  )
})

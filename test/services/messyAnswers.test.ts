import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { programOf } from "../../src/domain/answer.ts"
import { exactly } from "../../src/domain/comparison.ts"
import { judge, noProgram } from "../../src/domain/evaluation.ts"
import { failureText } from "../../src/domain/prompts/failure.ts"
import { layer } from "../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../src/services/Sandbox.ts"
import { answers, cases, type MessyAnswer } from "./messyAnswers/answers.ts"

/** No program here is near its time: an endless one ends by what it prints. */
const limits = { timeMs: 30_000, memoryBytes: 256 * 2 ** 20, outputBytes: 2 ** 16 }

const evaluationOf = ({ language }: MessyAnswer, program: string | undefined) =>
  Effect.gen(function* () {
    const { run } = yield* Sandbox
    if (program === undefined) return noProgram(cases.length)
    const inputs = cases.map(({ input }) => input)
    return judge(cases, yield* run({ language, source: program, inputs, limits }), exactly)
  })

describe("from an answer to what its model is told", () => {
  it.layer(Layer.fresh(layer({ unconfined: false, environment: process.env })))((it) => {
    for (const messy of answers) {
      it.effect(`${messy.language}: ${messy.what}`, () =>
        Effect.gen(function* () {
          const extracted = programOf(messy.answer, messy.language)
          const program = extracted._tag === "Program" ? extracted.program : undefined
          const evaluation = yield* evaluationOf(messy, program)
          expect(evaluation.cases.map(({ verdict }) => verdict)).toEqual([messy.verdict, messy.verdict])
          const told = failureText(evaluation, cases, program ?? "")
          if (typeof messy.told === "string") expect(told).toBe(messy.told)
          else expect(told).toMatch(messy.told)
          expect(told.length).toBeLessThan(1_300)
          expect(told).not.toMatch(/\/(?:tmp|usr|home|dev|proc)\b|runner\.py|-5 3/)
        })
      )
    }
  })
})

import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { ioCasesOf } from "../../../src/domain/problem.ts"
import { tasks } from "../../../src/domain/psb2/tasks.ts"
import { HiddenCases } from "../../../src/services/HiddenCases.ts"
import { ProblemSource } from "../../../src/services/ProblemSource.ts"
import { asking, live } from "./request.ts"

const ask = (more: Parameters<typeof asking>[1]) => asking("fizz-buzz", { validExamples: 30, ...more })

layer(live)("PSB2", (it) => {
  it.effect("lists its 25 problems, and serves each by name", () =>
    Effect.gen(function* () {
      const { list, load } = yield* ProblemSource
      expect(list.map(({ name }) => name)).toEqual([...tasks.keys()])
      expect(list).toHaveLength(25)
      for (const { name, dataset, title } of list) {
        expect(dataset).toBe("psb2")
        expect(title).not.toBe("")
        const { problem, language } = yield* load(asking(name, { validExamples: 60 }))
        expect(problem.name).toBe(name)
        expect(problem.validation).toHaveLength(60)
        expect(problem.promptExamples).toBe(5)
        expect(problem.origin).toEqual({ dataset: "psb2", edge: "generated", random: "generated" })
        expect(language).toBeUndefined()
      }
    })
  )

  it.effect("draws by the seed, and no hidden case that the search sees", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const { hidden } = yield* HiddenCases
      const inputsOf = Effect.fn(function* (more: Parameters<typeof asking>[1]) {
        const { problem } = yield* load(ask(more))
        return {
          seen: ioCasesOf(problem.validation).map(({ input }) => input),
          unseen: ioCasesOf(yield* hidden(ask(more))).map(({ input }) => input)
        }
      })
      const [one, again, other] = [yield* inputsOf({}), yield* inputsOf({}), yield* inputsOf({ seed: 7 })]
      expect(again).toEqual(one)
      expect(other.seen).not.toEqual(one.seen)
      expect(other.unseen).not.toEqual(one.unseen)
      expect(one.unseen).toHaveLength(200)
      expect(new Set([...one.seen, ...one.unseen]).size).toBe(230)
    })
  )

  it.effect("shows no more examples than there are validation cases, of which it wants one at least", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      expect((yield* load(ask({ validExamples: 3 }))).problem.promptExamples).toBe(3)
      expect((yield* Effect.flip(load(ask({ validExamples: 0 })))).message).toBe(
        'problem "fizz-buzz": no validation case is left with 0 validation examples, expected at least 1'
      )
    })
  )

  it.effect("suggests what an unknown name may mean", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const messageFor = (name: string) =>
        Effect.map(Effect.flip(load(asking(name))), ({ message }) => message)
      const advice = "`seidr problems` lists the built-in ones; a problem file is named by its path"
      expect(yield* messageFor("bowlin")).toBe(
        `problem "bowlin": there is no built-in problem and no file of this name; did you mean bowling? ${advice}`
      )
      expect(yield* messageFor("sorting")).toBe(
        `problem "sorting": there is no built-in problem and no file of this name. ${advice}`
      )
    })
  )
})

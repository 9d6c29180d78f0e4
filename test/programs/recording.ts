import { Effect, Layer } from "effect"
import type { RunId } from "../../src/domain/ids.ts"
import type { SearchSettings } from "../../src/domain/settings.ts"
import { historyOf } from "../../src/programs/history.ts"
import { treeOf } from "../../src/programs/tree.ts"
import { router } from "../../src/services/LanguageModel/router.ts"
import { scripted } from "../../src/services/LanguageModel/scripted.ts"
import { tape } from "../../src/services/LanguageModel/tape.ts"
import { LanguageModel, type ModelAdapter } from "../../src/services/LanguageModel.ts"
import { layerTapesSqlite } from "../../src/services/Tapes/sqlite.ts"
import { answerOf, type Oracle } from "../support/oracle.ts"
import { preparedIn, searching, solveAndReplay } from "../support/searching.ts"
import { published } from "../support/settings.ts"

export const settings = {
  ...published,
  maxPrograms: 22,
  drafts: 4,
  explanations: 1,
  repairs: 3,
  beamWidth: 3
}
export const oracle: Oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }

/** A model that answers as an oracle does, and counts what it is asked. */
export const counting = (world: Oracle) => {
  const asked: Array<string> = []
  const model: ModelAdapter = scripted(({ role }, { callKey }) => {
    asked.push(callKey)
    return {
      text: answerOf(world, role, callKey),
      usage: { in: 3, out: 2 },
      finishReason: "length",
      servedBy: "o"
    }
  })
  return { asked, model }
}

const withTapes = (database: string, scriptedModel: ModelAdapter) =>
  Layer.effect(
    LanguageModel,
    Effect.gen(function* () {
      const families = { scripted: scriptedModel }
      const taped = yield* Effect.provideService(tape, LanguageModel, router(families))
      return router({ ...families, tape: taped })
    })
  ).pipe(Layer.provide(layerTapesSqlite(database)))

export const recordingIn = (database: string, { model }: ReturnType<typeof counting>, concurrency = 4) =>
  searching({ database, model, models: withTapes(database, model), concurrency })

/** A run of the world under settings whose models are all the one that is named. */
export const solveWith = (model: string, world: Oracle, changed: Partial<SearchSettings> = {}) =>
  Effect.gen(function* () {
    const models = yield* LanguageModel
    const { problem } = preparedIn({ settings, oracle: world })
    const use = { language: settings.language, problem }
    const all = { ...settings, ...changed }
    const named = {
      draft: yield* models.roleModel(model, { ...use, role: "draft" }),
      explain: yield* models.roleModel(model, { ...use, role: "explain" }),
      repair: yield* models.roleModel(model, { ...use, role: "repair" })
    }
    return yield* solveAndReplay(preparedIn({ settings: { ...all, models: named }, oracle: world }))
  })

export const treeIn = (runId: RunId) => Effect.map(historyOf(runId), (history) => treeOf(history!))

export const nothing = () => Effect.void

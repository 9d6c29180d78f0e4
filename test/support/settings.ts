import { FastCheck } from "effect"
import { defaultLimits } from "../../src/domain/evaluation.ts"
import type { Ranking, SearchSettings } from "../../src/domain/settings.ts"

const model = { name: "scripted", batch: 10 }

/** The published setting N = 4, with a scripted model. */
export const published: SearchSettings = {
  language: "python",
  models: { draft: model, explain: model, repair: model },
  maxPrograms: 100,
  drafts: 4,
  explanations: 2,
  repairs: 4,
  beamWidth: 4,
  ranking: { kind: "score" },
  instructions: "model",
  temperature: { kind: "published" },
  limits: defaultLimits,
  seed: 42
}

export const rankings: FastCheck.Arbitrary<Ranking> = FastCheck.oneof(
  FastCheck.constant({ kind: "score" } as const),
  FastCheck.constant({ kind: "lexicase" } as const),
  FastCheck.record({
    kind: FastCheck.constant("tournament" as const),
    size: FastCheck.integer({ min: 1, max: 5 })
  })
)

const count = (max: number) => FastCheck.integer({ min: 1, max })

/** Settings of small searches, of a few generations at most. */
export const smallSettings: FastCheck.Arbitrary<SearchSettings> = FastCheck.record({
  maxPrograms: count(24),
  drafts: count(5),
  explanations: count(3),
  repairs: count(3),
  beamWidth: count(4),
  ranking: rankings,
  instructions: FastCheck.constantFrom("model" as const, "model" as const, "static" as const),
  seed: FastCheck.integer({ min: 0, max: 1_000_000 })
}).map((drawn) => ({ ...published, ...drawn }))

import { NodeContext } from "@effect/platform-node"
import { Layer } from "effect"
import { layer as hiddenCases } from "../../../src/services/HiddenCases/layer.ts"
import { layer as problemSource } from "../../../src/services/ProblemSource/layer.ts"
import type { ProblemRequest } from "../../../src/services/ProblemSource.ts"

export const asking = (problem: string, more: Partial<ProblemRequest> = {}): ProblemRequest => ({
  problem,
  promptExamples: 5,
  validExamples: 100,
  testExamples: 200,
  seed: 42,
  data: undefined,
  ...more
})

export const live = Layer.mergeAll(problemSource, hiddenCases).pipe(Layer.provideMerge(NodeContext.layer))

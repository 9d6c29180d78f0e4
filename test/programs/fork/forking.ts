import { expect } from "@effect/vitest"
import { Duration, Effect } from "effect"
import type { RunId } from "../../../src/domain/ids.ts"
import { type ForkRequest, fork } from "../../../src/programs/fork/fork.ts"
import { spelled } from "../../../src/programs/fork/point.ts"
import { historyOf } from "../../../src/programs/history.ts"
import { treeOf } from "../../../src/programs/tree.ts"
import { preparedIn, replayed, searching, solveAndReplay } from "../../support/searching.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { counting as countingIn, oracle, settings } from "../recording.ts"

export { oracle, settings }

/** The oracle's model, which counts what it is asked. */
export const counting = () => countingIn(oracle)

type Forking = Partial<Omit<ForkRequest, "at">> & { readonly at: string }

/** Forks a run and replays the fork. */
export const forked = (parent: RunId, { at, ...request }: Forking) =>
  Effect.gen(function* () {
    const result = yield* fork(
      {
        parent,
        at: spelled(at)!,
        overrides: {},
        answers: "adopt",
        label: undefined,
        maxOutage: Duration.zero,
        ...request
      },
      () => Effect.void,
      () => Effect.void
    )
    return { result, events: yield* replayed(result.runId) }
  })

/** The nodes of a run as it sees them, with their indices. */
export const nodesOf = (runId: RunId) =>
  Effect.map(historyOf(runId), (history) => treeOf(history!).map(({ id, index }) => [id, index] as const))

/** A finished run, with the model that has answered it. */
export const withParent = <A, E, R>(
  use: (parent: RunId, digest: string, asked: Array<string>) => Effect.Effect<A, E, R>
) =>
  Effect.gen(function* () {
    const { asked, model } = counting()
    const layer = searching({ database: yield* temporaryLog, model })
    return yield* Effect.provide(
      Effect.gen(function* () {
        const { result } = yield* solveAndReplay(preparedIn({ settings, oracle }))
        expect(result).toMatchObject({ programs: 22, status: "unsolved" })
        asked.length = 0
        return yield* use(result.runId, result.digest, asked)
      }),
      layer
    )
  })

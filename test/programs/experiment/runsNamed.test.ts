import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as NodeContext from "@effect/platform-node/NodeContext"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { RunId } from "../../../src/domain/ids.ts"
import { runsNamed } from "../../../src/programs/experiment/runsNamed.ts"
import { RunCatalogue, type RunSummary, RunUnknown } from "../../../src/services/RunCatalogue.ts"

const folder = mkdtempSync(join(tmpdir(), "seidr-named-"))
const table = join(folder, "grid.csv")
beforeAll(() => writeFileSync(table, "task_id,problem\n1,gcd\n2,luhn\n2,luhn\n3,bowling\n"))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (runId: string, label: string | null): RunSummary => ({
  runId: runId as RunId,
  label,
  problem: "gcd",
  language: "python",
  model: "simulated",
  parent: null,
  status: "solved",
  programs: 1,
  best: null,
  startedAt: 0
})

/** Newest first, as a log lists them. */
const runs = [run("D", "grid/1"), run("C", null), run("B", "other/1"), run("A", "grid/1"), run("0", "grid/3")]

const catalogue = Layer.succeed(RunCatalogue, {
  list: Effect.succeed(runs),
  find: (name) => {
    const found = runs.find(({ label, runId }) => runId === name || label === name)
    return found === undefined ? new RunUnknown({ name, candidates: [] }) : Effect.succeed(found)
  }
})

const named = (names: ReadonlyArray<string>, name?: string) =>
  runsNamed(names, { columns: new Set(["problem"]), name }).pipe(
    Effect.provide(Layer.merge(catalogue, NodeContext.layer))
  )

const idsOf = ({ runs }: { readonly runs: ReadonlyArray<RunSummary> }) => runs.map(({ runId }) => runId)

describe("the runs that arguments name", () => {
  it.effect("are all of the log where there is no argument", () =>
    Effect.gen(function* () {
      expect(idsOf(yield* named([]))).toEqual(["D", "C", "B", "A", "0"])
    })
  )

  it.effect("are those of a table's rows, the newest of each label, and rows without a run are told", () =>
    Effect.gen(function* () {
      const found = yield* named([table, "C"])
      expect(idsOf(found)).toEqual(["D", "0", "C"])
      expect(found.absent).toEqual(["grid/2"])
      expect(found.faults).toEqual([`${table}: line 4: task_id "2" is that of line 3`])
    })
  )

  it.effect("are labelled by another name where one is given", () =>
    Effect.gen(function* () {
      const found = yield* named([table], "other")
      expect(idsOf(found)).toEqual(["B"])
      expect(found.absent).toEqual(["other/2", "other/3"])
    })
  )

  it.effect("have to be there, as tables have", () =>
    Effect.gen(function* () {
      expect((yield* Effect.flip(named(["Z"])))._tag).toBe("RunUnknown")
      expect((yield* Effect.flip(named([join(folder, "none.csv")])))._tag).toBe("TableInvalid")
    })
  )
})

import { depthOf, type NodeId } from "../../src/domain/ids.ts"
import type { RunMeasures } from "../../src/domain/metrics/run/measure.ts"
import type { Curve } from "../../src/domain/metrics/run/progress.ts"
import { settingOf } from "../../src/domain/metrics/setting.ts"
import { analysisOf, type MeasuredRun } from "../../src/domain/metrics/summary/analysis.ts"
import { randomFor } from "../../src/domain/random.ts"
import type { Source, ToldRun } from "../../src/domain/report/source.ts"
import { published } from "./settings.ts"

export interface Reported {
  readonly settings: number
  readonly problems: ReadonlyArray<string>
  readonly repetitions: number
  readonly dataset?: string
  /** From 0, none solves, to 1, all do. */
  readonly solving?: number
  readonly label?: string
  readonly digits?: ReadonlyArray<number>
}

/** What a report is made of, of runs that nobody made. */
export const sourceOf = ({
  dataset = "psb2",
  digits,
  label = "grid",
  problems,
  repetitions,
  settings,
  solving = 0.6
}: Reported): Source => {
  const random = randomFor(1, "reported")
  const told = new Map<string, ToldRun>()
  const measured: Array<MeasuredRun> = []
  for (let setting = 0; setting < settings; setting++) {
    for (const name of problems) {
      for (let seed = 42; seed < 42 + repetitions; seed++) {
        const isSolved = random.integer(0, 999) < solving * 1_000
        const runId = `R${String(measured.length).padStart(5, "0")}`
        const node = (isSolved ? "d1.e0.r1" : "d0") as NodeId
        const problem = { name, cases: 4, casesHash: "c".repeat(64), dataset, hidden: 8, hiddenHash: null }
        measured.push({
          runId,
          label: `${label}/${measured.length}`,
          problem,
          seed,
          setting: settingOf({
            settings: { ...published, drafts: setting + 1, seed },
            hasStart: false,
            fork: null
          }),
          measures: measuresOf(isSolved, random.integer(2, 30), depthOf(node))
        })
        told.set(runId, {
          problem,
          environment: { seidr: "0.1.0", node: "v20", tier: "pretended", toolchain: "small programs 1" },
          ended: {
            digest: `sd1-${"0".repeat(64)}`,
            best: { node, index: 1, program: null, score: isSolved ? 1 : 0.5, passed: 4, total: 4 }
          },
          length: { lines: random.integer(3, 40), characters: 400 }
        })
      }
    }
  }
  return {
    title: "Report on grid",
    analysis: analysisOf(measured, [], {
      ks: [1, 10],
      seed: 42,
      ...(digits === undefined ? {} : { digits })
    }),
    told,
    unfinished: [],
    absent: [],
    published: [],
    solutions: []
  }
}

const measuresOf = (isSolved: boolean, programs: number, depth: number): RunMeasures => {
  const curve = (spent: number): Curve => ({
    rises: [
      { at: spent / programs, score: 0.4, isPassing: false },
      ...(isSolved ? [{ at: spent, score: 1, isPassing: true }] : [])
    ],
    spent
  })
  return {
    isFound: isSolved,
    isSolved,
    testPassRate: isSolved ? 1 : 0.5,
    bestScore: isSolved ? 1 : 0.4,
    programs,
    calls: 2 * programs,
    tokens: { in: 100 * programs, out: 10 * programs },
    surplus: { programs: 0, calls: 0 },
    excess: isSolved ? programs - 1 : null,
    generationOfSolution: isSolved ? depth : null,
    progress: {
      programs: curve(programs),
      calls: curve(2 * programs),
      tokens: curve(110 * programs),
      cost: null,
      seconds: curve(0.5 * programs)
    },
    own: {
      programs,
      passing: isSolved ? 1 : 0,
      generations: [1, programs - 1],
      failures: new Map([["WrongAnswer", programs - 1]]),
      duplicates: 0,
      repairs: new Map([
        ["model", { repairs: 4, improved: 2, worse: 1, passing: 0, instructions: 2, helpful: 1 }]
      ]),
      bills: [
        {
          model: "scripted",
          calls: 2 * programs,
          surplus: 0,
          adopted: 0,
          failed: 0,
          tokens: { in: 100 * programs, out: 10 * programs },
          uncounted: 0,
          cost: null
        }
      ]
    },
    drafts: { count: 1, excess: null }
  }
}

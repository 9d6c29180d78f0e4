import { describe, expect, it } from "@effect/vitest"
import { type Cell, figuresOf, type Page, type Table } from "../../../src/domain/report/page.ts"
import { reportOf } from "../../../src/domain/report/report.ts"
import { sourceOf } from "../../support/reported.ts"

const tableOf = ({ sections }: Page, id: string): Table => {
  const found = sections
    .flatMap(({ blocks }) => blocks)
    .find((block) => block.kind === "table" && block.id === id)
  if (found?.kind !== "table") throw new Error(`there is no table ${id}`)
  return found
}

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text)

const rowsOf = (page: Page, id: string): ReadonlyArray<ReadonlyArray<string>> =>
  tableOf(page, id).rows.map((row) => row.map(textOf))

const sectionsOf = ({ sections }: Page) => sections.map(({ id }) => id)

const usual = { settings: 2, problems: ["gcd", "luhn", "bowling"], repetitions: 4 }

describe("a report", () => {
  it("has a row of as many cells as there are columns, and ids that are unique", () => {
    const page = reportOf(sourceOf(usual))
    const ids: Array<string> = []
    for (const { blocks, id } of page.sections) {
      ids.push(id)
      for (const block of blocks) {
        if (block.kind === "figures") ids.push(...block.figures.map((figure) => `figure ${figure.id}`))
        if (block.kind !== "table") continue
        ids.push(block.id)
        expect(block.rows.length, block.id).toBeGreaterThan(0)
        for (const row of block.rows) expect(row.length, block.id).toBe(block.columns.length)
      }
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(sectionsOf(page)).toEqual([
      "summary",
      "settings",
      "published",
      "problems",
      "curves",
      "programs",
      "comparisons",
      "failures",
      "cost",
      "provenance"
    ])
  })

  it("says on how many runs its numbers stand", () => {
    const source = sourceOf(usual)
    const page = reportOf(source)
    for (const [setting, runs, problems, solved] of rowsOf(page, "summary-table")) {
      const own = source.analysis.runs.filter((run) => run.setting === setting)
      expect(runs).toBe(String(own.length))
      expect(problems).toMatch(/^\d of 3$/)
      expect(solved).toBe(`${own.filter(({ measures }) => measures.isSolved).length} of 12`)
    }
    const byProblem = rowsOf(page, "problems-table")
    expect(byProblem).toHaveLength(6)
    expect(byProblem.map(([problem, setting]) => [problem, setting])).toEqual(
      ["bowling", "gcd", "luhn"].flatMap((problem) => [
        [problem, "s1"],
        [problem, "s2"]
      ])
    )
    expect(rowsOf(page, "runs")).toHaveLength(24)
  })

  it("has every curve's data with n and interval, and none over what is not known", () => {
    const page = reportOf(sourceOf(usual))
    const figures = figuresOf(page)
    expect(figures.filter(({ id }) => id.startsWith("score-by-")).map(({ id }) => id)).toEqual([
      "score-by-programs",
      "score-by-calls",
      "score-by-tokens",
      "score-by-seconds"
    ])
    for (const { data, id } of figures) {
      expect(data.rows.length, id).toBeGreaterThan(0)
      for (const row of data.rows) expect(row.length, id).toBe(data.head.length)
      if (id !== "length") expect(data.head.at(-1)).toBe("runs")
    }
    expect(JSON.stringify(page)).toMatch(/no curve over cost/)
  })

  it("sets published results beside ours only where they are of the same data set", () => {
    const rows = rowsOf(reportOf(sourceOf(usual)), "published-psb2")
    expect(rows.map(([who]) => who)).toContain("this report, s1")
    expect(rows.filter(([who]) => who!.includes("arXiv")).map((row) => row.at(-1))).toEqual([
      "13 of 25 problems",
      "19 of 25 problems",
      "18 of 25 problems at least once",
      "20 of 25 problems at least once"
    ])
    const own = reportOf(sourceOf({ ...usual, dataset: "file" }))
    expect(sectionsOf(own)).not.toContain("published")
    const cpp = reportOf(sourceOf({ ...usual, dataset: "humaneval-x/cpp" }))
    expect(tableOf(cpp, "published-humaneval-x").rows.length).toBe(4)
  })

  it("leaves settings undecided whose pairs do not differ enough", () => {
    const verdicts = rowsOf(reportOf(sourceOf({ ...usual, solving: 1 })), "comparisons-table").map((row) =>
      row.at(-1)
    )
    expect(new Set(verdicts)).toEqual(new Set(["undecided"]))
  })

  it("is there without a run, with one, with all solved and none", () => {
    const nothing = reportOf({
      ...sourceOf({ settings: 0, problems: [], repetitions: 0 }),
      absent: ["grid/1", "grid/2"],
      unfinished: [{ runId: "R1", label: null, problem: "gcd", status: "running", programs: 3 }]
    })
    expect(sectionsOf(nothing)).toEqual(["summary", "provenance"])
    expect(nothing.lead).toEqual([
      "0 runs on 0 problems under 0 settings; 0 solve.",
      "1 run more not ended, and in no figure.",
      "2 rows of the table without a run."
    ])
    expect(JSON.stringify(nothing)).toMatch(/2 rows of the table have no run in the log.*grid\/1, grid\/2/)
    const single = reportOf(sourceOf({ settings: 1, problems: ["gcd"], repetitions: 1 }))
    expect(sectionsOf(single)).not.toContain("comparisons")
    for (const solving of [0, 1]) {
      const page = reportOf(sourceOf({ ...usual, solving }))
      expect(rowsOf(page, "summary-table")[0]![3]).toBe(solving === 0 ? "0 of 12" : "12 of 12")
    }
  })

  it("draws and lists no more than fits, however many runs there are", () => {
    const problems = Array.from({ length: 31 }, (_, index) => `p${index}`)
    const many = reportOf(sourceOf({ settings: 13, problems, repetitions: 1, digits: [1] }))
    const figures = figuresOf(many)
    for (const figure of figures) {
      if (figure.kind === "lines") expect(figure.series.length).toBeLessThanOrEqual(6)
      if (figure.kind === "strips")
        for (const { dots } of figure.rows) expect(dots.length).toBeLessThanOrEqual(150)
      if (figure.kind === "heat") {
        expect(figure.rows.length).toBeLessThanOrEqual(30)
        expect(figure.columns.length).toBeLessThanOrEqual(12)
      }
    }
    expect(figures.filter(({ kind }) => kind === "heat")).toHaveLength(4)
    expect(figures.filter(({ id }) => id.startsWith("score-by-programs"))).toHaveLength(3)
    const settings = new Set(
      figures.find(({ id }) => id === "score-by-programs-1")!.data.rows.map(([setting]) => setting)
    )
    expect(settings.size).toBe(13)
    expect(rowsOf(many, "comparisons-table")).toHaveLength(120)
  })
})

import { describe, expect, it } from "@effect/vitest"
import { Either } from "effect"
import { reportOf } from "../../../src/domain/report/report.ts"
import { publishedFrom } from "../../../src/programs/report/published.ts"
import { sourceOf } from "../../support/reported.ts"

const wrong = (text: string) => Either.getOrThrow(Either.flip(publishedFrom(text)))

describe("published results that are brought along", () => {
  it("stand in a column of their source, and only where they belong", () => {
    const published = Either.getOrThrow(
      publishedFrom(
        '\ufeffProblem,source,language,result\r\ngcd,"A, 2030",Python,7 of 10\r\ngcd,"A, 2030",C++,1 of 10\r\n\r\nluhn,B,,60 %\r\n'
      )
    )
    expect(published[0]).toEqual({ problem: "gcd", source: "A, 2030", language: "python", result: "7 of 10" })
    const page = reportOf({
      ...sourceOf({ settings: 1, problems: ["gcd", "luhn"], repetitions: 1 }),
      published
    })
    const table = page.sections
      .flatMap(({ blocks }) => blocks)
      .find((block) => block.kind === "table" && block.id === "problems-table")
    if (table?.kind !== "table") throw new Error("there is no such table")
    expect(table.columns.slice(-2).map(({ name }) => name)).toEqual(["published: A, 2030", "published: B"])
    expect(table.rows.map((row) => [row[0], ...row.slice(-2)])).toEqual([
      ["gcd", "7 of 10", "–"],
      ["luhn", "–", "60 %"]
    ])
  })

  it("are refused by line and column", () => {
    expect(wrong("problem,result\n")).toBe(
      "line 1: there is no column source; expected problem, source, result, language"
    )
    expect(wrong("")).toMatch(/^line 1: there is no column problem/)
    expect(wrong("problem,source,result\ngcd,,3\n")).toBe("line 2: column source is empty")
    expect(wrong("problem,source,result,language\ngcd,A,3,klingon\n")).toBe(
      'line 2: column language is "klingon", expected one such as python'
    )
    expect(wrong('problem,source,result\n"gcd,A,3\n')).toMatch(/Quote/)
    const many = Array.from({ length: 7 }, (_, index) => `gcd,S${index},1`)
    expect(wrong(["problem,source,result", ...many].join("\n"))).toMatch(/7 sources, expected at most 6/)
  })
})

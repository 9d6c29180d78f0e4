import { createHash } from "node:crypto"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { figuresOf } from "../../../src/domain/report/page.ts"
import { reportOf } from "../../../src/domain/report/report.ts"
import type { Source } from "../../../src/domain/report/source.ts"
import { dataCsv } from "../../../src/programs/report/dataCsv.ts"
import { type Drawing, draw } from "../../../src/programs/report/draw.ts"
import { htmlOf } from "../../../src/programs/report/html.ts"
import { svgFile } from "../../../src/programs/report/svg.ts"
import { tagsOf } from "../../support/htmlTags.ts"
import { sourceOf } from "../../support/reported.ts"

const made = (source: Source) =>
  Effect.promise(async () => {
    const page = reportOf(source)
    const drawings = new Map<string, Drawing>()
    for (const figure of figuresOf(page)) drawings.set(figure.id, await draw(figure))
    return {
      html: htmlOf(page, drawings, "0.1.0"),
      svgs: figuresOf(page).map((figure) => svgFile(figure, drawings.get(figure.id)!)),
      csvs: figuresOf(page).map(({ data }) => dataCsv(data))
    }
  })

/** Ends elements and attributes, runs scripts, drives terminals, turns the writing, begins a formula. */
const attack =
  "=1+</title></style></script><script>alert(1)</script><img src=x onerror='alert(2)'>\"'`&lt;\u001b[2J\u0000\u202e"

const hostile: Source = (() => {
  const source = sourceOf({
    settings: 2,
    problems: [attack, "gcd"],
    repetitions: 2,
    label: attack,
    digits: [1]
  })
  const [first] = source.analysis.runs
  return {
    ...source,
    title: attack,
    analysis: {
      ...source.analysis,
      settings: source.analysis.settings.map((setting) => ({
        ...setting,
        name: attack,
        fields: { ...setting.fields, model: attack, [attack]: setting.id }
      }))
    },
    told: new Map(
      [...source.told].map(([run, told]) => [
        run,
        { ...told, environment: { ...told.environment, toolchain: attack } }
      ])
    ),
    unfinished: [{ runId: "R1", label: attack, problem: attack, status: "running", programs: 1 }],
    absent: [attack],
    solutions: [{ runId: first!.runId, problem: attack, language: attack, text: `${attack}\nprint(1)\n` }]
  }
})()

describe("the page of a report", () => {
  /** Drawn once: nothing here depends on being drawn anew. */
  const usual = Effect.runSync(
    Effect.cached(
      Effect.suspend(() =>
        made(sourceOf({ settings: 2, problems: ["gcd", "luhn"], repetitions: 2, digits: [1] }))
      )
    )
  )

  it.effect("is well-formed, holds no script, and asks for nothing", () =>
    Effect.gen(function* () {
      const { html } = yield* usual
      const tags = tagsOf(html)
      const names = new Set(tags.map(({ name }) => name))
      for (const name of ["script", "img", "iframe", "object", "form", "foreignObject", "use"])
        expect(names.has(name), name).toBe(false)
      for (const { attributes, name } of tags) {
        for (const [key, value] of attributes) {
          expect(key, name).not.toMatch(/^on|^style$/)
          if (key === "href" || key === "src") expect(value).toMatch(/^(#[\w-]+|data:.*)$/)
        }
      }
      const policy = tags.find(({ attributes }) => attributes.has("http-equiv"))!.attributes.get("content")!
      const style = /<style>([^<]*)<\/style>/.exec(html)![1]!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain(`'sha256-${createHash("sha256").update(style).digest("base64")}'`)
      expect(policy).not.toContain("unsafe")
    })
  )

  it.effect("can be heard: headings, headed tables, figures with titles and descriptions", () =>
    Effect.gen(function* () {
      const { html } = yield* usual
      const tags = tagsOf(html)
      const of = (name: string) => tags.filter((tag) => tag.name === name)
      const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? [])
      expect(new Set(ids).size).toBe(ids.length)
      expect(of("h1")).toHaveLength(1)
      expect(of("html")[0]!.attributes.get("lang")).toBe("en")
      expect(of("caption")).toHaveLength(of("table").length)
      for (const { attributes } of of("th")) expect(attributes.get("scope")).toMatch(/^(col|row)$/)
      const figures = of("svg")
      expect(figures).toHaveLength(of("figure").length)
      for (const { attributes } of figures) {
        expect(attributes.get("role")).toBe("img")
        for (const id of attributes.get("aria-labelledby")!.split(" ")) expect(ids).toContain(id)
      }
      for (const { attributes } of tags) {
        const target = attributes.get("href")
        if (target?.startsWith("#")) expect(ids).toContain(target.slice(1))
        for (const id of attributes.get("aria-labelledby")?.split(" ") ?? []) expect(ids).toContain(id)
      }
    })
  )

  it.effect("makes strangers' texts harmless, in the page and in the files", () =>
    Effect.gen(function* () {
      const { csvs, html, svgs } = yield* made(hostile)
      for (const document of [html, ...svgs]) {
        const names = tagsOf(document).map(({ name }) => name)
        expect(names).not.toContain("script")
        expect(names).not.toContain("img")
        expect(document).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
      }
      expect(html).toContain("&#60;script&#62;alert(1)&#60;/script&#62;")
      expect(html).toContain("\\x1b[2J\\x00\\u202e")
      for (const csv of csvs) expect(csv).not.toMatch(/(^|[,\n])"?=/)
      for (const svg of svgs) expect(svg).not.toContain("var(")
    })
  )

  it.effect("has the same bytes each time", () =>
    Effect.gen(function* () {
      const [one, other] = [yield* made(hostile), yield* made(hostile)]
      expect(other).toEqual(one)
    })
  )

  it.effect("is there when nothing has ended", () =>
    Effect.gen(function* () {
      const { html, svgs } = yield* made(sourceOf({ settings: 0, problems: [], repetitions: 0 }))
      expect(tagsOf(html).filter(({ name }) => name === "h2")).toHaveLength(2)
      expect(svgs).toEqual([])
    })
  )
})

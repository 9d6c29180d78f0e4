import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { FileSystem } from "@effect/platform"
import { describe, expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { HiddenCases } from "../../../src/services/HiddenCases.ts"
import { ProblemSource } from "../../../src/services/ProblemSource.ts"
import { asking, live } from "./request.ts"

const data = "../shared/data"
const isHere = existsSync(join(data, "humaneval-x"))

const python = {
  task_id: "HumanEval/0",
  entry_point: "twice",
  prompt:
    'from typing import List\nimport math\n\ndef half(x):\n    return x / 2\n\n\ndef twice(xs: List[int]) -> List[int]:\n    """ Twice.\n    """\n',
  canonical_solution: "    return [2 * x for x in xs]\n",
  test: `

METADATA = {'author': 'we'}

def check(candidate):
    import random
    assert candidate([]) == [], "message"
    text = """a
  b"""
    for x in range(3):
        assert candidate([x]) == [x + x]
    assert candidate([len("""a
    b""")]) == [14]

check(twice)
`
}
const row = {
  task_id: "JavaScript/0",
  prompt: "/* Twice. */\nconst half = (x) => {\n  return x / 2\n}\n\nconst twice = (x) => {\n",
  declaration: "\nconst half = (x) => {\n  return x / 2\n}\n\nconst twice = (x) => {\n",
  canonical_solution: "  return 2 * x\n}\n",
  test: "console.assert(twice(1) === 2)\n"
}

/** A data folder with a file of its own contents. */
const withFile = (place: readonly [string, string], content: string | Buffer) =>
  Effect.gen(function* () {
    const folder = yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped()
    mkdirSync(join(folder, place[0]))
    writeFileSync(join(folder, ...place), typeof content === "string" ? gzipSync(content) : content)
    return folder
  })

const plain = ["humaneval", "HumanEval.jsonl.gz"] as const
const javascript = ["humaneval-x", "humaneval_js.jsonl.gz"] as const

layer(live)("HumanEval", (it) => {
  it.scoped("splits a test in Python into its assertions", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const request = asking("humaneval/0", { data: yield* withFile(plain, JSON.stringify(python)) })
      const { problem, language } = yield* load(request)
      expect(language).toBe("python")
      expect(problem).toMatchObject({
        name: "humaneval/0",
        promptExamples: 0,
        origin: { dataset: "humaneval" }
      })
      expect(problem.check).toEqual({
        _tag: "UnitTests",
        language: "python",
        entryPoint: "twice",
        prompt: python.prompt,
        prelude: "from typing import List\nimport math\ndef half(x):\n    return x / 2",
        setup: 'import random\nif True:\n    text = """a\n  b"""'
      })
      expect(problem.validation).toEqual([
        { test: 'assert candidate([]) == [], "message"' },
        { test: "for x in range(3):\n    assert candidate([x]) == [x + x]" },
        { test: 'if True:\n    assert candidate([len("""a\n    b""")]) == [14]' }
      ])
      expect(yield* (yield* HiddenCases).hidden(request)).toEqual([])
    })
  )

  it.scoped("takes helpers and names from the declaration in another language", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const folder = yield* withFile(javascript, `${JSON.stringify(row)}\n\n${JSON.stringify(row)}\n`)
      const { problem, language } = yield* load(asking("humaneval-x/js/1", { data: folder }))
      expect(language).toBe("javascript")
      expect(problem.name).toBe("humaneval-x/javascript/1")
      expect(problem.check).toMatchObject({ entryPoint: "twice", prompt: row.prompt })
      expect(problem.check).toHaveProperty("prelude", "\nconst half = (x) => {\n  return x / 2\n}\n\n")
      expect(problem.validation).toEqual([{ test: row.test }])
    })
  )

  const faults: ReadonlyArray<
    readonly [
      name: string,
      place: readonly [string, string],
      content: string | Buffer,
      problem: string,
      says: RegExp
    ]
  > = [
    [
      "a file that is not packed",
      javascript,
      Buffer.from("{}"),
      "humaneval-x/js/0",
      /humaneval_js\.jsonl\.gz: it is not a whole gzip file$/
    ],
    [
      "half a file",
      javascript,
      gzipSync(JSON.stringify(row)).subarray(0, 60),
      "humaneval-x/js/0",
      /it is not a whole gzip file$/
    ],
    [
      "what is not text",
      javascript,
      gzipSync(Buffer.from([0xff, 0xfe])),
      "humaneval-x/js/0",
      /is not UTF-8 text$/
    ],
    [
      "a bomb",
      javascript,
      gzipSync(Buffer.alloc(65 * 2 ** 20)),
      "humaneval-x/js/0",
      /it holds more than 64 MiB$/
    ],
    ["no task", javascript, "\n\n", "humaneval-x/js/0", /the file holds no task$/],
    [
      "what is not JSON",
      javascript,
      `${JSON.stringify(row)}\n{`,
      "humaneval-x/js/0",
      /humaneval_js\.jsonl\.gz: line 2: /
    ],
    [
      "a field of another kind",
      javascript,
      JSON.stringify({ ...row, test: 7 }),
      "humaneval-x/js/0",
      /line 1: field test: /
    ],
    ["too few tasks", javascript, JSON.stringify(row), "humaneval-x/js/1", /the file holds only 1 tasks$/],
    [
      "what is no Python",
      plain,
      JSON.stringify({ ...python, test: "def check(:" }),
      "humaneval/0",
      /line 1: /
    ],
    [
      "no function check",
      plain,
      JSON.stringify({ ...python, test: "pass" }),
      "humaneval/0",
      /expected one function `check` in the test$/
    ]
  ]
  for (const [name, place, content, problem, says] of faults) {
    it.scoped(`refuses by file and line: ${name}`, () =>
      Effect.gen(function* () {
        const folder = yield* withFile(place, content)
        const refused = yield* Effect.flip((yield* ProblemSource).load(asking(problem, { data: folder })))
        expect(refused.message).toMatch(says)
      })
    )
  }

  it.effect("says which file it wants, and which tasks there are", () =>
    Effect.gen(function* () {
      const { load } = yield* ProblemSource
      const saying = (problem: string, folder?: string) =>
        Effect.map(Effect.flip(load(asking(problem, { data: folder }))), ({ message }) => message)
      expect(yield* saying("humaneval/0")).toContain(
        "humaneval/HumanEval.jsonl.gz is looked for in the folder that --data"
      )
      expect(yield* saying("humaneval-x/go/0", "nowhere")).toContain(
        "there is no nowhere/humaneval-x/humaneval_go.jsonl.gz"
      )
      expect(yield* saying("humaneval/164")).toContain("it has 164 tasks, from 0 to 163")
      expect(yield* saying("humaneval-x/perl/0")).toContain(
        "expected one of python, cpp, java, javascript, go, rust"
      )
    })
  )

  describe.skipIf(!isHere)("with its files (which are not here otherwise)", () => {
    it.effect("has every task, and the assertions that there are in Python", () =>
      Effect.gen(function* () {
        const { datasets, load, tasks } = yield* ProblemSource
        const sets = datasets.filter(({ name }) => name.startsWith("humaneval"))
        const counts = yield* Effect.forEach(sets, (set) =>
          Effect.map(
            Effect.flatMap(tasks(set, data), (names) =>
              Effect.forEach(names, (task) => load(asking(task, { data })))
            ),
            (loaded) => {
              for (const { problem } of loaded) {
                if (problem.check._tag === "UnitTests")
                  expect(problem.check.entryPoint, problem.name).toMatch(/^\w+$/)
              }
              return [set.name, loaded.reduce((sum, { problem }) => sum + problem.validation.length, 0)]
            }
          )
        )
        // Statements with an assertion: a loop around one is a case. HumanEval-X mends some tests of HumanEval.
        expect(Object.fromEntries(counts)).toEqual({
          humaneval: 1181,
          "humaneval-x/python": 1189,
          "humaneval-x/cpp": 164,
          "humaneval-x/java": 164,
          "humaneval-x/javascript": 164,
          "humaneval-x/go": 164,
          "humaneval-x/rust": 164
        })
      })
    )
  })
})

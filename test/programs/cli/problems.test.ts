import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, describe, expect, it } from "vitest"
import { solvePromise } from "../../../src/programs/index.ts"
import { scripted } from "../../../src/services/LanguageModel/scripted.ts"
import { documentOf, seidr } from "./seidr.ts"

/** Two tasks in JavaScript; the solution of the second one is wrong. */
const task = (solution: string) => ({
  task_id: "JavaScript/0",
  prompt: "/* Twice a number. */\nconst twice = (x) => {\n",
  declaration: "const twice = (x) => {\n",
  canonical_solution: solution,
  test: "const testTwice = () => {\n  console.assert(twice(2) === 4)\n}\n\ntestTwice()\n"
})
const data = mkdtempSync(join(tmpdir(), "seidr-data-"))
mkdirSync(join(data, "humaneval-x"))
writeFileSync(
  join(data, "humaneval-x", "humaneval_js.jsonl.gz"),
  gzipSync(
    [task("  return 2 * x\n}\n"), task("  return x\n}\n")].map((row) => JSON.stringify(row)).join("\n")
  )
)
writeFileSync(join(data, "twice.js"), "const twice = (x) => x + x\n")
afterAll(() => rmSync(data, { recursive: true, force: true }))

const run = (line: string) => seidr(line.split(" "), { cwd: data, env: { SEIDR_DATA: data } })

describe("problems", { timeout: 60_000 }, () => {
  it("lists data sets by a line, a set's tasks, and one of them", async () => {
    const { out } = await run("problems")
    expect(out.trimEnd().split("\n")).toHaveLength(25 + 9)
    expect(out).toMatch(/^humaneval-x\/go +set +164 functions to write in Go/m)
    expect((await run("problems humaneval-x/cpp")).out.trimEnd().split("\n")).toHaveLength(164)
    expect((await run("problems humaneval-x/js/1")).out).toContain("```javascript\n/* Twice a number. */")
  })

  it("tells which files of data sets are here, and whether they are what was published", async () => {
    const listed = await run("dataset list --json")
    const states = (
      documentOf(listed) as ReadonlyArray<{ name: string; files: ReadonlyArray<{ state: string }> }>
    )
      .filter(({ name }) => name === "humaneval-x")
      .flatMap(({ files }) => files.map(({ state }) => state))
    expect(states).toEqual(["missing", "missing", "missing", "present", "missing", "missing"])
    const verified = await run("dataset verify humaneval-x")
    expect(verified.status).toBe(1)
    expect(verified.out).toMatch(
      /^wrong .*humaneval_js\.jsonl\.gz: its SHA-256 is \w{64}, expected fe5d467f/m
    )
    expect(verified.out).toContain("0 of 6 files of humaneval-x are here and right")
    const unknown = await run("dataset fetch humanevalx")
    expect([unknown.status, unknown.err]).toEqual([
      2,
      'seidr: there is no data set "humanevalx"; did you mean humaneval or humaneval-x?\n'
    ])
  })

  it("verifies the solutions of a data set", async () => {
    const verified = await run("problems verify --dataset humaneval-x --language js --limit 2 --json")
    expect(documentOf(verified)).toEqual({
      dataset: "humaneval-x/javascript",
      language: "javascript",
      passed: 1,
      total: 2,
      failed: [
        {
          task: "humaneval-x/javascript/1",
          verdict: "WrongAnswer",
          detail: "twice(2) === 4\ntwice(2) gave 2"
        }
      ]
    })
    expect(verified.status).toBe(1)
    expect(verified.err).toContain("humaneval-x/javascript/1")
    const built = await run("problems verify --dataset psb2 --limit 1")
    expect(built).toMatchObject({ status: 0 })
    expect(built.out).toMatch(/^1 of 1 reference solutions in Python pass, on \d+ cases in all\n$/)
  })

  const refused: ReadonlyArray<readonly [line: string, says: string]> = [
    ["problems verify", "problems verify needs --dataset, one of psb2, humaneval, humaneval-x"],
    ["problems verify --dataset humanevil", 'there is no data set "humanevil"; did you mean humaneval?'],
    ["problems verify --dataset humaneval-x --language php", "humaneval-x has no tasks in php"],
    [
      "problems verify --dataset psb2 --language go",
      "the solutions of psb2 are in python and cpp, and --language is go"
    ],
    [
      "problems verify --dataset humaneval --language go",
      "the solutions of humaneval are in python, and --language is go"
    ],
    ["problems gcd --limit 2", "--limit is a flag of `seidr problems verify` only"],
    ["problems humaneval-x/js/2", "the file holds only 2 tasks"],
    [
      "execute humaneval-x/js/0 --program twice.js --language c++",
      "its tests are in JavaScript, and the language asked for is C++"
    ],
    ["execute humaneval-x/js/0 --program twice.js --set hidden", "it has no hidden cases"],
    [
      "solve humaneval-x/js/0 --language python",
      "its tests are in JavaScript, and the language asked for is Python"
    ],
    [
      "solve humaneval-x/js/0",
      "it knows the problems of PSB2 only, and humaneval-x/javascript/0 is none of them"
    ]
  ]
  it.each(refused)("refuses by name: %s", async (line, says) => {
    const { err, out, status } = await run(line)
    expect(err).toContain(says)
    expect({ out, status }).toEqual({ out: "", status: 2 })
  })

  it("executes and solves a task, and replays it", async () => {
    const executed = await run("execute humaneval-x/js/0 --program twice.js --json")
    expect(documentOf(executed)).toMatchObject({ language: "javascript", passed: 1, total: 1, score: 1 })
    const database = join(data, "seidr.db")
    const result = await solvePromise(
      { problem: "humaneval-x/js/0", model: "scripted", maxPrograms: 4, draftsPerPrompt: 1, data },
      {
        database,
        models: {
          scripted: scripted(({ role }) =>
            role === "draft"
              ? "```js\nconst twice = (x) => x\n```"
              : role === "explain"
                ? "Add it to itself."
                : "```js\n  return x + x\n}\n```"
          )
        }
      }
    )
    expect(result).toMatchObject({ status: "solved", hidden: null, best: { passed: 1, total: 1 } })
    expect(await run(`replay ${result.runId} --db ${database}`)).toMatchObject({ status: 0 })
  })
})

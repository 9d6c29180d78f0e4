import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { replayAll } from "../../support/replayAll.ts"
import { documentOf, type Ended, inFolder, seidr, start } from "./seidr.ts"

const folder = mkdtempSync(join(tmpdir(), "seidr-results-"))
const setting = { cwd: folder }
const run = async (...args: ReadonlyArray<string>): Promise<Ended> => {
  const ended = await seidr(args, setting)
  expect(ended.err).not.toMatch(/internal error/)
  return ended
}
/** The one line of standard output. */
const only = (ended: Ended): unknown => {
  expect(ended.out).toMatch(/^[^\n]+\n$/)
  return documentOf(ended)
}
const keysOf = (value: unknown): ReadonlyArray<string> => Object.keys(value as object).sort()

const broken = "a = int(input())\nb = int(input())\nwhile b:\n    a, b = b, a % b\nprint(b)\n"
let solved: Ended

beforeAll(async () => {
  writeFileSync(join(folder, "broken.py"), broken)
  solved = await run(
    ..."solve gcd --start broken.py --label my run --json --out best.py --test-examples 50".split(/ (?!run)/)
  )
}, 180_000)

afterAll(async () => {
  expect(await replayAll(join(folder, "seidr.db"))).toBeGreaterThan(0)
  rmSync(folder, { recursive: true, force: true })
})

interface Solved {
  readonly runId: string
  readonly best: { readonly node: string; readonly program: string }
}

describe("results", { timeout: 180_000 }, () => {
  it("repairs a program of the user's, writes the best to --out, and ends with one document", () => {
    expect(solved.status, solved.err).toBe(0)
    const document = only(solved) as Solved
    expect(keysOf(document)).toEqual(
      "best calls digest generations hidden language problem programs runId status surplus tape tokens".split(
        " "
      )
    )
    expect(keysOf(document.best)).toEqual(["node", "passed", "program", "score", "total"])
    expect(document).toMatchObject({
      problem: "gcd",
      language: "python",
      status: "solved",
      best: { score: 1, passed: 100, total: 100, node: expect.stringMatching(/^d0\./) },
      hidden: { passed: 50, total: 50 },
      tokens: { in: expect.any(Number), out: expect.any(Number) },
      digest: expect.stringMatching(/^sd1-[0-9a-f]{64}$/)
    })
    expect(readFileSync(join(folder, "best.py"), "utf8")).toBe(document.best.program)
  })

  it("tells one line per change where no terminal is", () => {
    expect(solved.err).not.toMatch(/[\r\u001b]/)
    expect(solved.err).toMatch(/^1 program · generation \d+ · best .* calls · \d+\+\d+ tokens · 99 left · /m)
    expect(solved.err.split("\n").filter((line) => /^run 0\w{25}$/.test(line))).toHaveLength(1)
  })

  it("lists runs, newest first, and finds one by its label or the beginning of its id", async () => {
    const { runId } = documentOf(solved) as Solved
    const [listed] = only(await run("runs", "--json")) as ReadonlyArray<Record<string, unknown>>
    expect(keysOf(listed)).toEqual(
      "best label language model parent problem programs runId startedAt status".split(" ")
    )
    expect(listed).toMatchObject({
      runId,
      problem: "gcd",
      model: "simulated",
      status: "solved",
      label: "my run"
    })
    for (const name of ["my run", runId.toLowerCase().slice(0, 12)]) {
      expect(only(await run("tree", name, "--json"))).toMatchObject({ runId })
    }
    expect((await run("runs")).out).toMatch(new RegExp(`^run .*\\n${runId}  gcd .*my run\\n$`))
  })

  it("shows the tree, a node, an instruction and the events", async () => {
    const { runId, best } = documentOf(solved) as Solved
    const { nodes } = only(await run("tree", runId, "--json")) as { readonly nodes: ReadonlyArray<object> }
    expect(keysOf(nodes[0])).toEqual(["generation", "id", "index", "parent", "passed", "score", "total"])
    expect(nodes[0]).toMatchObject({ id: "d0", parent: null, generation: 0, index: 0, total: 100 })
    const tree = (await run("tree", runId)).out
    expect(tree.trimEnd().split("\n")).toHaveLength(nodes.length)
    expect((await run("show", runId)).out).toContain(best.program.trimEnd())
    expect(only(await run("show", runId, "d0", "--json"))).toMatchObject({ runId, id: "d0", program: broken })
    expect(only(await run("show", runId, "d0.e0", "--json"))).toMatchObject({
      instruction: expect.any(String),
      prompt: { user: expect.stringContaining(broken.trim()) }
    })
    const lines = (await run("tail", runId, "--json")).out.trimEnd().split("\n")
    expect(lines.map((line) => (JSON.parse(line) as { readonly pos: number }).pos)).toEqual(
      lines.map((_, pos) => pos)
    )
    expect(await run("show", runId, "d7")).toMatchObject({ status: 2, out: "" })
  })

  it("executes a program on each set of cases", async () => {
    const right = only(await run("execute", "gcd", "--program", "best.py", "--set", "edge", "--json"))
    expect(keysOf(right)).toEqual("cases language limits passed problem score source total".split(" "))
    expect(right).toMatchObject({
      score: 1,
      limits: { timeMs: 2_000, memoryBytes: 2 ** 28, outputBytes: 2 ** 20 },
      cases: expect.arrayContaining([
        expect.objectContaining({ index: 0, verdict: "Passed", score: 1, ms: expect.any(Number) })
      ])
    })
    const wrong = await run(
      ..."execute gcd --program broken.py --set hidden --test-examples 3 --json --log debug".split(" ")
    )
    expect(wrong.status).toBe(1)
    // What is logged is no result.
    expect(wrong.err).toMatch(/level=DEBUG/)
    expect(only(wrong)).toMatchObject({
      passed: 0,
      total: 3,
      cases: [{ index: 0, verdict: "WrongAnswer", score: 0 }, { index: 1 }, { index: 2 }]
    })
    const plain = await run(..."execute gcd --program broken.py --valid-examples 2".split(" "))
    expect(plain).toMatchObject({
      status: 1,
      out: expect.stringMatching(/WrongAnswer.* \d+\.\d ms .* < 1 MB {2}line 1: expected ".*", printed "0"/)
    })
    expect(plain.out).toMatch(
      /limits of a case: 2\.0 s of .*, 256 MB of .*, 1 MB of output; most used: .* < 1 MB\n$/
    )
  })

  it("follows a live run to its end", () =>
    inFolder(async (cwd) => {
      const solving = start(
        [
          "solve",
          "gcd",
          "--label",
          "live",
          "--model",
          "simulated?latency=300ms",
          "--test-examples",
          "0",
          "--max-programs",
          "6"
        ],
        { cwd }
      )
      await solving.said(/^run /m)
      await solving.said(/^1 program\b/m)
      const tailed = await seidr(["tail", "live"], { cwd })
      expect(tailed).toMatchObject({ status: 0, out: expect.stringMatching(/RunFinished (?:un)?solved\n$/) })
      await solving.ended
    }))

  it("shows problems, the doctor's findings and its own version", async () => {
    const problems = only(await run("problems", "--json")) as ReadonlyArray<unknown>
    expect(problems).toHaveLength(25 + 9)
    expect((await run("problems", "gcd")).out).toMatch(/^gcd\n\n[\s\S]*input\n12\n18\noutput\n6\n/)
    const findings = only(await run("doctor", "--json")) as ReadonlyArray<{ readonly name: string }>
    expect(findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Node.js", "SQLite", "sandbox", "Python", "C++"])
    )
    expect(await run("solve", "--version")).toMatchObject({
      status: 0,
      err: "",
      out: expect.stringMatching(/^seidr \d+\.\d+\.\d+\n$/)
    })
  })

  it("ends quietly when its reader has seen enough, or nobody listens", async () => {
    const { main } = await import("./seidr.ts")
    const shell = (script: string) =>
      execFileSync("sh", ["-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env["PATH"], NODE: process.execPath, MAIN: main }
      })
    expect(shell('"$NODE" "$MAIN" problems 2>&1 | head -1')).toMatch(/^basement /)
    expect(
      shell('"$NODE" "$MAIN" solve gcd --max-programs 1 --test-examples 0 --db q.db >&- 2>&- <&-; echo $?')
    ).toMatch(/^[01]\n$/)
  })

  it("hands out a long document whole, however slowly it is read and however it ends", async () => {
    const { main } = await import("./seidr.ts")
    writeFileSync(join(folder, "loud.py"), 'import sys\nsys.stderr.write("x" * 9000)\nsys.exit(3)\n')
    const script = '"$NODE" "$MAIN" execute gcd --program loud.py --json | (sleep 0.2; cat)'
    const text = execFileSync("sh", ["-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], NODE: process.execPath, MAIN: main, SEIDR_CACHE: "none" }
    })
    expect(text.length).toBeGreaterThan(2 ** 16)
    expect(JSON.parse(text)).toMatchObject({ passed: 0, total: 100 })
  })
})

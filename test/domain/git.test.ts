import { execFileSync } from "node:child_process"
import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { attemptNamed, messageOf } from "../../src/domain/git/attempt.ts"
import { branchOf, fileOf, numberOf, stemOf } from "../../src/domain/git/branch.ts"
import { Holdings, placeOf } from "../../src/domain/git/holdings.ts"
import { redacted } from "../../src/services/Git/redacted.ts"
import { published } from "../support/settings.ts"

const named = (name: string, ranking: "score" | "lexicase" = "score") => ({
  ...published,
  drafts: 2,
  explanations: 3,
  repairs: 4,
  ranking: { kind: ranking },
  models: { ...published.models, draft: { name, batch: 10 } }
})

describe("branches and files", () => {
  it("are named as the published system names them", () => {
    expect(branchOf(stemOf("psb2", named("openai:gpt-3.5-turbo")), 0)).toBe("psb_gpt-3.5-turbo_2x3x4_run0")
    expect(branchOf(stemOf("humaneval-x/cpp", named("ollama:llama3", "lexicase")), 5)).toBe(
      "humaneval_llama3_2x3x4_lexicase_run5"
    )
    expect(fileOf("bowling", "program.cpp")).toBe("bowling.cpp")
    expect(fileOf("humaneval-x/cpp/7", "program.cpp")).toBe("humaneval-x-cpp-7.cpp")
    expect(fileOf("../../etc/sum.yaml", "program.py")).toBe("etc-sum.py")
  })

  it.prop(
    "are names that git takes, whatever models and problems are called",
    [FastCheck.string({ unit: "binary" }), FastCheck.string({ unit: "binary" })],
    ([model, problem]) => {
      const stem = stemOf("file", named(model))
      const branch = branchOf(stem, 17)
      execFileSync("git", ["check-ref-format", `refs/heads/${branch}_dev`])
      expect(numberOf(stem, branch)).toBe(17)
      expect(numberOf(stem, `${branch}_dev`)).toBe(17)
      expect(fileOf(problem, "program.py")).toMatch(/^[^./\\\s"][^/\\\s"]*\.py$/)
    },
    { fastCheck: { numRuns: 30 } }
  )
})

describe("what git says", () => {
  const url = "https://me:p%40ssw0rd@host/x.git?private_token=q1"

  it("is shown without user and password, in whatever spelling a server repeats them", () => {
    const known = ["0123456789abcdef0123:refs/heads/psb_gpt-3.5-turbo_2x3x4_run0_dev"]
    const pair = Buffer.from("me:p@ssw0rd").toString("base64")
    const said =
      "fatal: unable to access 'https://me:p%40ssw0rd@host/x.git?private_token=q1/': p@ssw0rd https://tok3n@other/y " +
      `Authorization: Basic ${pair} (${pair}) Bearer abc.def.ghi ghp_16C7e42F292c6912E7710c838347Ae178B4a ` +
      "\u001b[31mpsb_gpt-3.5-turbo_2x3x4_run0_dev\u0007 0123456789abcdef0123"
    const shown = redacted(said, { url, known })
    expect(shown).not.toMatch(/ssw0rd|me:|tok3n|bWU6|abc\.def|ghp_|private_token|\p{Cc}/u)
    expect(shown).toContain("https://host/x.git")
    expect(shown).toContain("psb_gpt-3.5-turbo_2x3x4_run0_dev")
  })

  it.prop(
    "never has a password of some length, whatever stands around it",
    [FastCheck.string({ minLength: 4 }), FastCheck.string(), FastCheck.string(), FastCheck.nat(3)],
    ([password, before, after, how]) => {
      const address = `https://me:${encodeURIComponent(password)}@host/x.git`
      const spelled = [
        password,
        encodeURIComponent(password),
        Buffer.from(password).toString("base64"),
        Buffer.from(`me:${password}`).toString("base64")
      ][how]!
      // What is ours may hold it by chance.
      FastCheck.pre(!`https://host/x.git…${before}${after}`.includes(spelled))
      FastCheck.pre(!before.includes("…") && !after.includes("…"))
      const shown = redacted(`${before} ${spelled} ${after}`, { url: address, known: [] })
      expect(shown).not.toContain(` ${spelled} `)
    }
  )
})

describe("messages", () => {
  const attempt = {
    index: 4,
    node: "d0.e0.r1",
    problem: "gcd",
    file: "gcd.py",
    program: "",
    score: 0.5,
    passed: 1,
    total: 3,
    prompt: "Mend it.\0",
    metrics: "https://wandb.example/x",
    at: 0,
    runId: "R"
  }

  it("say attempt, share of tests, metrics and prompt", () => {
    expect(messageOf(attempt)).toBe(
      "Attempt 4 at gcd: 33.3 % of tests passed\n\nNode d0.e0.r1 of run R in gcd.py; score 0.5000, 1 of 3 tests.\n\n" +
        "Metrics: https://wandb.example/x\n\nPrompt:\n\nMend it.\\x00\n"
    )
  })

  it.prop(
    "name their attempt on the line after the subject, and drive no terminal",
    [FastCheck.string({ unit: "binary" }), FastCheck.string({ unit: "binary" })],
    ([problem, prompt]) => {
      const file = fileOf(problem, "program.py")
      const lines = messageOf({ ...attempt, problem, prompt, file, metrics: problem }).split("\n")
      expect(lines[1]).toBe("")
      expect(attemptNamed(lines[2]!)).toEqual({ node: "d0.e0.r1", runId: "R", file })
      expect(lines.join("")).not.toMatch(/(?!\t)\p{Cc}/u)
    }
  )

  it("of somebody else name no attempt", () => {
    expect(attemptNamed("Node d0 of run R")).toBeUndefined()
    expect(attemptNamed("")).toBeUndefined()
  })
})

describe("places", () => {
  const holding = (...runs: ReadonlyArray<readonly [runId: string, file: string]>) => {
    const holdings = new Holdings()
    for (const [runId, file] of runs) holdings.add({ runId, file, node: "d0" })
    return holdings
  }
  const run = { runId: "A", file: "gcd.py", repetition: 0 }

  it("are a run's number among its like, unless another run has its file there", () => {
    expect(placeOf(run, new Map())).toBe(0)
    expect(placeOf({ ...run, repetition: 2 }, new Map())).toBe(2)
    expect(placeOf(run, new Map([[0, holding(["B", "luhn.py"])]]))).toBe(0)
    expect(
      placeOf(
        run,
        new Map([
          [0, holding(["B", "gcd.py"])],
          [1, holding(["C", "gcd.py"])]
        ])
      )
    ).toBe(2)
  })

  it("stay where the run is", () => {
    const branches = new Map([
      [0, holding()],
      [3, holding(["A", "gcd.py"], ["B", "gcd.py"])]
    ])
    expect(placeOf(run, branches)).toBe(3)
  })
})

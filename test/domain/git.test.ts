import { execFileSync } from "node:child_process"
import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { messageOf } from "../../src/domain/git/attempt.ts"
import { branchOf, fileOf } from "../../src/domain/git/branch.ts"
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
    expect(branchOf("psb2", named("openai:gpt-3.5-turbo"), 0)).toBe("psb_gpt-3.5-turbo_2x3x4_run0")
    expect(branchOf("humaneval-x/cpp", named("ollama:llama3", "lexicase"), 5)).toBe(
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
      const branch = branchOf("file", named(model), 1)
      execFileSync("git", ["check-ref-format", `refs/heads/${branch}_dev`])
      expect(fileOf(problem, "program.py")).toMatch(/^[^./\\\s"][^/\\\s"]*\.py$/)
    },
    { fastCheck: { numRuns: 30 } }
  )
})

describe("what git says", () => {
  it("is shown without user and password", () => {
    const url = "https://me:p%40ssw0rd@host/x.git"
    const said = "fatal: unable to access 'https://me:p%40ssw0rd@host/x.git/': p@ssw0rd https://tok3n@other/y"
    expect(redacted(said, url)).not.toMatch(/ssw0rd|me:|tok3n/)
    expect(redacted(said, url)).toContain("https://host/x.git")
  })
})

describe("messages", () => {
  it("say attempt, share of tests, metrics and prompt", () => {
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
      at: 0,
      runId: "R"
    }
    expect(messageOf(attempt, "https://wandb.example/x")).toBe(
      "Attempt 4 at gcd: 33.3 % of tests passed\n\nNode d0.e0.r1 of run R; score 0.5000, 1 of 3 tests.\n\nMetrics: https://wandb.example/x\n\nPrompt:\n\nMend it.\uFFFD\n"
    )
  })
})

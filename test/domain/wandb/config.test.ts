import { describe, expect, it } from "@effect/vitest"
import type { RunId } from "../../../src/domain/ids.ts"
import { configOf, nameOf, slurmIds } from "../../../src/domain/wandb/config.ts"
import { isProject } from "../../../src/domain/wandb/message.ts"
import { published } from "../../support/settings.ts"
import { startOf } from "../../support/simulation.ts"

const started = startOf({ settings: published, oracle: { seed: 1, cases: 3, skill: 1, silence: 0 } })
const runId = "0".repeat(26) as RunId

describe("the configuration of a run", () => {
  it("holds every setting, the seed, the cases and the versions", () => {
    const config = configOf({ runId, started, forked: undefined, promptExamples: 1 })
    expect(config).toMatchObject({
      run_id: runId,
      problem: "echo",
      language: "python",
      model: "scripted",
      max_programs: 100,
      drafts_per_prompt: 4,
      explanations_per_program: 2,
      repairs_per_explanation: 4,
      beam_width: 4,
      lexicase_selection: false,
      seed: 42,
      prompt_examples: 1,
      valid_examples: 3,
      test_examples: 1,
      seidr_version: "0"
    })
    // A setting that is added has to be sent too; `models` and `limits` are three of ours each.
    const flat = Object.keys(published).length + 2 * 2
    const told = Object.keys(config).filter(
      (name) => !/^(?:run_id|label|dataset|problem|.*_batch)$/.test(name)
    )
    expect(told.length).toBeGreaterThanOrEqual(flat)
  })

  it("has names on one line, without anything that drives a terminal, and not without end", () => {
    const problem = { ...started.problem, name: `a\u001b[2J\n${"b".repeat(1_000)}` }
    const hostile = { runId, started: { ...started, problem }, forked: undefined, promptExamples: undefined }
    for (const name of [configOf(hostile)["problem"], nameOf(hostile)]) {
      expect(name).toMatch(/^a\\x1b\[2J⏎b+/)
      expect(String(name).length).toBeLessThan(160)
    }
  })

  it("has the ids of a Slurm task, as far as there are any", () => {
    expect(slurmIds({ SLURM_JOB_ID: "7", SLURM_ARRAY_TASK_ID: " ", TASK_ID: "3", HOME: "/" })).toEqual({
      slurm_job_id: "7",
      task_id: "3"
    })
  })

  it("goes to a project whose name can be in an address", () => {
    expect(["seidr", "my project"].map(isProject)).toEqual([true, true])
    expect(["", "a/b", "a#b", "a\nb", "x".repeat(200)].map(isProject)).toEqual(Array(5).fill(false))
  })
})

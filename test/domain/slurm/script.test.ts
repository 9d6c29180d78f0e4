import { execFileSync } from "node:child_process"
import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { directiveQuoted, shellQuoted } from "../../../src/domain/slurm/quoted.ts"
import { arrayScript, mergeCommand, plainName } from "../../../src/domain/slurm/script.ts"
import { wholeScript } from "../../support/arrayScripts.ts"

describe("the script of a job array", () => {
  it("reads as it always has", async () => {
    await expect(arrayScript(wholeScript)).toMatchFileSnapshot("./array.sh")
  })

  it("asks of the cluster only what is asked for", () => {
    const [, ...lines] = arrayScript({
      ...wholeScript,
      resources: {
        cpusPerTask: 1,
        partition: undefined,
        account: undefined,
        time: undefined,
        mem: undefined,
        others: undefined
      }
    }).split("\n")
    const directives = lines.filter((line) => line.startsWith("#SBATCH"))
    expect(directives.map((line) => line.replace(/^#SBATCH (--[\w-]+).*/, "$1"))).toEqual([
      "--job-name",
      "--array",
      "--ntasks",
      "--cpus-per-task",
      "--output",
      "--open-mode",
      "--requeue",
      "--signal"
    ])
  })

  it("tells how the logs become one", () => {
    expect(mergeCommand({ name: "a grid", logs: "/it's/here" })).toBe(
      "seidr merge '/it'\\''s/here'/a-grid.*.db --into a-grid.db"
    )
  })
})

describe("names and words", () => {
  it("are what Slurm, globs and file systems take", () => {
    expect(["grid", "a grid", "--x", "ä", "a/../b", ""].map(plainName)).toEqual([
      "grid",
      "a-grid",
      "x",
      "table",
      "a-b",
      "table"
    ])
  })

  it("stand between quotes where Slurm would break them", () => {
    // Each was given to sbatch 22.05, which took it for the word that it stands for.
    expect(["/logs/%A.out", "a b", "it's", '"', "#", "\\"].map(directiveQuoted)).toEqual([
      "/logs/%A.out",
      '"a b"',
      `"it's"`,
      '"\\""',
      '"#"',
      '"\\\\"'
    ])
  })

  it("are the same words to a shell", () => {
    const words = [
      ...FastCheck.sample(FastCheck.string(), 100),
      "a\nb\r",
      "'",
      "''\\'",
      "$(false)`false`",
      "ä😀"
    ]
    const out = execFileSync("sh", ["-c", `printf '%s\\0' ${words.map(shellQuoted).join(" ")}`], {
      encoding: "utf8"
    })
    expect(out.split("\0").slice(0, -1)).toEqual(words)
  })
})

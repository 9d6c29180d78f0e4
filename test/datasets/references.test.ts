import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { join, resolve } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { documentOf, inFolder, seidr } from "../programs/cli/seidr.ts"

const data = resolve("../shared/data")

/**
 * What cannot pass here, and why: docs/data-sets.md. Where a library that these need is there, more of them pass.
 */
const expected: ReadonlyArray<readonly [dataset: string, language: string, cannot: ReadonlyArray<number>]> = [
  ["psb2", "python", []],
  ["psb2", "cpp", []],
  ["humaneval", "python", []],
  ["humaneval-x", "python", []],
  ["humaneval-x", "cpp", [22, 137, 162]],
  ["humaneval-x", "java", []],
  ["humaneval-x", "javascript", [162]],
  ["humaneval-x", "go", []],
  ["humaneval-x", "rust", [32, 91, 162]]
]

/** What a language needs of a home that is not the user's own. */
const settingOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Go keeps its compiled library there, which may not be in /tmp.
  go: { XDG_CACHE_HOME: "/var/tmp/seidr-test-cache" },
  rust: { RUSTUP_HOME: process.env["RUSTUP_HOME"] ?? join(homedir(), ".rustup") }
}

interface Report {
  readonly passed: number
  readonly total: number
  readonly failed: ReadonlyArray<{ readonly task: string; readonly verdict: string; readonly detail: string }>
}

describe("reference solutions", () => {
  for (const [dataset, language, cannot] of expected) {
    const isHere = dataset === "psb2" || existsSync(`${data}/${dataset}`)
    it.skipIf(!isHere)(`of ${dataset} in ${language} pass`, (context) =>
      inFolder(async (folder) => {
        const flags = ["--dataset", dataset, "--language", language, "--data", data, "--json"]
        const ended = await seidr(["problems", "verify", ...flags], {
          cwd: folder,
          env: settingOf[language] ?? {}
        })
        // A language without its tool chain is refused by name.
        if (ended.status === 2 && /cannot be run here/.test(ended.err)) return context.skip(ended.err)
        const { failed, passed, total } = documentOf(ended) as Report
        const unexplained = failed.filter(({ task }) => !cannot.includes(Number(task.split("/").at(-1))))
        expect(unexplained).toEqual([])
        expect(total).toBe(dataset === "psb2" ? 25 : 164)
        expect(passed).toBe(total - failed.length)
        expect(ended.status).toBe(failed.length === 0 ? 0 : 1)
      })
    )
  }
})

import { execFile } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { arrayScript } from "../../../../src/domain/slurm/script.ts"
import { wholeScript } from "../../../support/arrayScripts.ts"
import { commandLine } from "../../../support/commandLine.ts"
import { temporaryLog } from "../../../support/temporaryLog.ts"
import { main } from "../seidr.ts"

const bash = (script: string, folder: string) =>
  new Promise<{ readonly status: unknown; readonly stderr: string }>((done) => {
    const env = {
      PATH: process.env["PATH"],
      HOME: folder,
      TMPDIR: folder,
      SLURM_ARRAY_TASK_ID: "4",
      SEIDR_CACHE: "none"
    }
    execFile("bash", ["-c", script], { env }, (error, _, stderr) =>
      done({ status: error === null ? 0 : error.code, stderr })
    )
  })

describe("the script of an array, with seidr itself", () => {
  it.scopedLive("runs a row to a log that is merged and verified", () =>
    Effect.gen(function* () {
      const folder = join(dirname(yield* temporaryLog), "it's here")
      mkdirSync(folder)
      const at = (name: string) => join(folder, name)
      writeFileSync(
        at("grid.csv"),
        "task_id,problem,model,max_programs,drafts_per_prompt,valid_examples,test_examples\n9,gcd,simulated:hard,1,1,3,0\n"
      )
      const script = arrayScript({
        ...wholeScript,
        name: "grid",
        offset: 5,
        failUnsolved: false,
        folder,
        table: at("grid.csv"),
        logs: at("logs"),
        node: process.execPath,
        seidr: main,
        flags: []
      })
      const { status, stderr } = yield* Effect.promise(() => bash(script, folder))
      expect(stderr).toMatch(/^9: unsolved after 1 programs/)
      expect(status).toBe(0)
      const log = join(at("logs"), "grid.9.db")
      expect(existsSync(log)).toBe(true)
      expect((yield* commandLine("merge", log, "--into", at("all.db"))).status).toBe(0)
      expect((yield* commandLine("verify", "--db", at("all.db"))).status).toBe(0)
      const { out } = yield* commandLine("runs", "--db", at("all.db"), "--json")
      expect(JSON.parse(out)).toMatchObject([{ label: "grid/9", status: "unsolved" }])
    })
  )
})

import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { folderPrefix, leftovers } from "../../../src/services/Sandbox/leftovers.ts"

describe("leftovers", () => {
  it.effect("are the folders of processes that are no more, and of no others", () =>
    Effect.gen(function* () {
      const base = mkdtempSync(join(tmpdir(), "seidr-test-"))
      const own = yield* folderPrefix
      const { pid } = spawnSync(process.execPath, ["--version"])
      const dead = own.replace(String(process.pid), String(pid))
      const elsewhere = dead.replace(/\d+-$/, (space) => `1${space}`)
      for (const name of [`${own}a`, `${dead}b`, `${elsewhere}c`, `seidr-${pid}-d`, "another"])
        mkdirSync(join(base, name))
      expect((yield* leftovers(base)).map((path) => basename(path))).toEqual([`${dead}b`])
      expect(yield* leftovers(join(base, "none"))).toEqual([])
      rmSync(base, { recursive: true })
    })
  )
})

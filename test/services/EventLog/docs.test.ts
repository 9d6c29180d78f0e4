import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, it } from "@effect/vitest"

it("docs/events.md lists the events as they are; `npm run build && node scripts/events-catalogue.mjs` writes it anew", () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, ["scripts/events-catalogue.mjs", "--check"], {
    cwd: root,
    encoding: "utf8"
  })
  expect(stderr).toBe("")
  expect(status).toBe(0)
})

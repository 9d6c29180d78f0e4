import { defineConfig } from "vitest/config"

/** Killed, torn and full: what a log and its runs survive, see docs/decisions/0016. Many minutes, so not in `npm test`. */
export default defineConfig({
  test: {
    include: ["test/crash/**/*.test.ts"],
    env: { SEIDR_CACHE: "none" },
    maxWorkers: 2,
    minWorkers: 1,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000
  }
})

import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

/** The domain, which `npm test` runs first. */
export default defineConfig({
  test: {
    include: ["test/domain/**/*.test.ts"],
    // Pure functions have nothing to leak from one file to the next, and so share what they import.
    isolate: false,
    setupFiles: ["test/support/seed.ts"],
    // No test may see what an earlier one, or the user, has run.
    env: { SEIDR_CACHE: "none" },
    // Vitest would leave a processor free; where there are two, that is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    minWorkers: 1,
    // Far beyond what anything takes: only what hangs may meet it, however busy the machine is.
    testTimeout: 240_000,
    hookTimeout: 240_000
  }
})

import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

/** What takes long has a configuration of its own. */
const suites = [
  "test/hostile/**",
  "test/soak/**",
  "test/crash/**",
  "test/services/Sandbox/languages/**",
  "test/datasets/**",
  "test/browser/**",
  "test/wandb/**"
]

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Pure functions have a run of their own, in which files share what they import.
    exclude: ["test/domain/**", ...suites],
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

import { defineConfig } from "vitest/config"

/** Every language whose tool chain is here, for real: minutes, so it is no part of `npm test`. */
export default defineConfig({
  test: {
    include: ["test/services/Sandbox/languages/**/*.test.ts"],
    env: { SEIDR_CACHE: "none" },
    fileParallelism: false,
    testTimeout: 600_000
  }
})

import { defineConfig } from "vitest/config"

/** Reports in a real browser, where there is one: it takes half a minute, so it is no part of `npm test`. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    env: { SEIDR_CACHE: "none" },
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000
  }
})

import { defineConfig } from "vitest/config"

/** Every reference solution of every data set that is at hand: minutes, so it is no part of `npm test`. */
export default defineConfig({
  test: {
    include: ["test/datasets/**/*.test.ts", "test/domain/psb2/{mistakes,programs}.test.ts"],
    env: { SEIDR_CACHE: "none", SEIDR_TEST_PSB2: "all" },
    fileParallelism: false,
    testTimeout: 1_800_000
  }
})

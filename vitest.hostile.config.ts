import { defineConfig } from "vitest/config"

// Programs that take the machine to its limits: run by themselves, not beside other tests.
export default defineConfig({
  test: { include: ["test/hostile/**/*.test.ts"], fileParallelism: false, testTimeout: 1_800_000 }
})

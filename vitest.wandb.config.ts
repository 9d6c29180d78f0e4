import { defineConfig } from "vitest/config"

/** The official client of Weights & Biases, where it is installed: SEIDR_WANDB_PYTHON names the Python that has it. */
export default defineConfig({
  test: {
    include: ["test/wandb/**/*.test.ts"],
    env: { SEIDR_CACHE: "none" },
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000
  }
})

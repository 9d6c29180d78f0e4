import { defineConfig } from "vitest/config"

/** What takes minutes, and is not for every change. */
export default defineConfig({
  test: { include: ["test/soak/**/*.test.ts"], testTimeout: 600_000, hookTimeout: 60_000 }
})

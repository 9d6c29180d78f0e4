import { Effect } from "effect"
import type { LanguageDriver } from "../driver.ts"

export const python: LanguageDriver = {
  // The runner's own interpreter runs the programs: copies of it start ten times faster than a new one.
  find: (_environment, { version }) => Effect.succeed({ version, recipe: { runs: "python" }, readable: [] }),
  compileLimits: { timeMs: 10_000, wallMs: 31_000, memoryBytes: 512 * 2 ** 20, outputBytes: 2 ** 16 },
  ranOutOfMemory: (stderr) => /^[\w.]*MemoryError\b/.test(stderr.trimEnd().split("\n").at(-1) ?? "")
}

import { FastCheck } from "effect"

/**
 * Properties are tried with the same values each time, so that a change is judged by itself and not by its luck;
 * `npm run test:explore` tries them with others. What that finds is named with its seed: SEIDR_TEST_SEED repeats it.
 */
const wanted = process.env["SEIDR_TEST_SEED"] ?? "1"

FastCheck.configureGlobal({
  seed: wanted === "random" ? Date.now() | 0 : Number(wanted),
  // For laws that do not say how often they are tried, as `lawRuns` does for the others.
  numRuns: Number(process.env["SEIDR_LAW_RUNS"] ?? 100)
})

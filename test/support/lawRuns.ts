/**
 * How often a law is tried with drawn values: `few` times in `npm test`, and SEIDR_LAW_RUNS times where somebody asks for more
 * (`SEIDR_LAW_RUNS=20000 npx vitest run --testTimeout 0 FILE -t "name of the law"`).
 */
export const lawRuns = (few: number) => ({
  fastCheck: { numRuns: Number(process.env["SEIDR_LAW_RUNS"] ?? few) }
})

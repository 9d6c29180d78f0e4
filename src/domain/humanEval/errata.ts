/**
 * Solutions of HumanEval-X that do not pass their own tests, since a failed `console.assert` ends nothing in Node.js:
 * what they say, and what they mean. Here every assertion counts.
 */
export const errata: Readonly<Record<string, ReadonlyArray<readonly [says: string, means: string]>>> = {
  // The brackets of a pair are round, so that only its second half is returned.
  "JavaScript/112": [
    ["return (z, false)", "return [t, false]"],
    ["return (z, true)", "return [t, true]"]
  ],
  // The number 0 has one digit, which is even.
  "JavaScript/155": [["let e = 0", "let e = num === 0 ? 1 : 0"]]
}

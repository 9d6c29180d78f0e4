/**
 * pass@k of Chen et al. 2021 (arXiv 2107.03374, equation 1): of n independent samples, c are correct; the chance that k
 * of them, drawn without replacement, hold a correct one,
 *
 *     1 − C(n − c, k) / C(n, k) = 1 − ∏ (1 − k / i)  for i = n − c + 1 … n,
 *
 * which is an unbiased estimate of the chance that k fresh samples do. Fewer samples than k tell nothing of k: null
 * (the published code says 1 there). No sample: null. All correct: 1.
 */
export const passAtK = (n: number, c: number, k: number): number | null => {
  if (k < 1 || n < k) return null
  if (n - c < k) return 1
  let missing = 1
  for (let i = n - c + 1; i <= n; i++) missing *= 1 - k / i
  return 1 - missing
}

/** A published result, as its paper reports it. */
export interface Published {
  readonly source: string
  /** The data set as runs name it, in one language where the result is of one. */
  readonly dataset: "psb2" | "humaneval-x"
  readonly language: "python" | "cpp" | null
  readonly model: string
  readonly conditions: string
  readonly result: string
}

/**
 * What papers on SEIDR and PSB2 report in their headlines. Their figures problem by problem are not here: a figure that
 * cannot be checked against its source is none.
 */
export const published: ReadonlyArray<Published> = [
  {
    source: "Helmuth and Kelly 2021 (arXiv 2106.06086)",
    dataset: "psb2",
    language: null,
    model: "PushGP, genetic programming",
    conditions: "up to 60 million executions a run",
    result: "13 of 25 problems"
  },
  {
    source: "Liventsev et al., GECCO 2023 (arXiv 2304.10423)",
    dataset: "psb2",
    language: "python",
    model: "SEIDR with Codex",
    conditions: "up to 1000 programs a run",
    result: "19 of 25 problems"
  },
  {
    source: "Grishina et al., TELO 2025 (arXiv 2503.07693)",
    dataset: "psb2",
    language: "cpp",
    model: "SEIDR, over all its experiments",
    conditions: "up to 100 programs a run",
    result: "18 of 25 problems at least once"
  },
  {
    source: "Grishina et al., TELO 2025 (arXiv 2503.07693)",
    dataset: "psb2",
    language: "python",
    model: "SEIDR, over all its experiments",
    conditions: "up to 100 programs a run",
    result: "20 of 25 problems at least once"
  },
  {
    source: "Grishina et al., TELO 2025 (arXiv 2503.07693)",
    dataset: "humaneval-x",
    language: "cpp",
    model: "SEIDR with Llama 3 8B",
    conditions: "up to 100 programs a run",
    result: "pass@100 84.2 %"
  },
  {
    source: "Grishina et al., TELO 2025 (arXiv 2503.07693)",
    dataset: "humaneval-x",
    language: null,
    model: "SEIDR with GPT-3.5 and with Llama 3 8B",
    conditions: "up to 100 programs a run",
    result: "163 and 162 of 164 problems at least once"
  }
]

/** What stands between the published results and ours: faults of the published code (seidr 3.5.0 and its programlib). */
export const caveats: Readonly<Record<Published["dataset"], string>> = {
  psb2: "In the published SEIDR code all validation examples of a run are one example, repeated, and floats have to be equal digit by digit, so that two problems cannot be solved. Its figures are of that measure.",
  "humaneval-x":
    "In the published SEIDR code a C++ test that dies by a signal, as a failed assert does, counts as passed. Its C++ figures are of that measure."
}

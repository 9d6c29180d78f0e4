import { tasks } from "./psb2/tasks.ts"

/** A file of a data set: where its authors publish it, and where seidr looks for it. */
export interface DataFile {
  /** Below the data folder, with slashes. */
  readonly path: string
  readonly url: string
  /** Of the published file, in hexadecimal, where we have seen it. */
  readonly sha256?: string
}

/** A data set that can be had as files. */
export interface DataSet {
  readonly name: string
  readonly title: string
  readonly licence: string
  readonly files: ReadonlyArray<DataFile>
}

const humanEvalX = (name: string, sha256: string): DataFile => ({
  path: `humaneval-x/humaneval_${name}.jsonl.gz`,
  url: `https://github.com/THUDM/CodeGeeX/raw/main/codegeex/benchmark/humaneval-x/${name}/data/humaneval_${name}.jsonl.gz`,
  sha256
})

const mbpp = (name: string): DataFile => ({
  path: `mbpp/${name}`,
  url: `https://raw.githubusercontent.com/google-research/google-research/master/mbpp/${name}`
})

const psb2 = (problem: string): ReadonlyArray<DataFile> =>
  (["edge", "random"] as const).map((part) => ({
    path: `psb2/datasets/${problem}/${problem}-${part}.json`,
    url: `https://psb2-datasets.s3.amazonaws.com/PSB2/datasets/${problem}/${problem}-${part}.json`
  }))

/** The data sets that `seidr dataset` fetches, with the addresses that their authors name. */
export const dataSets: ReadonlyArray<DataSet> = [
  {
    name: "humaneval",
    title: "164 functions in Python (Chen et al. 2021)",
    licence: "MIT",
    files: [
      {
        path: "humaneval/HumanEval.jsonl.gz",
        url: "https://github.com/openai/human-eval/raw/master/data/HumanEval.jsonl.gz",
        sha256: "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef"
      }
    ]
  },
  {
    name: "humaneval-x",
    title: "the same functions in six languages (Zheng et al. 2023)",
    licence: "Apache-2.0",
    files: [
      humanEvalX("python", "5752fb122efddb0e9b47c77907ae6ce9a15aac4dea14e44c46032c831e6b987a"),
      humanEvalX("cpp", "dcf2e280a1e91bbc3c5f90edb41397e8a9ac1ccc9f5d2b70082f0b0fbfb6dbb0"),
      humanEvalX("java", "276f36db2eb7aeb864f36a19a2f4e1bb2460fb6e22ff100f0b5bedabe3799967"),
      humanEvalX("js", "fe5d467f2c1a027b3f6f18d3729aca01f6458c1de2e2d1292a019c5aa9bed424"),
      humanEvalX("go", "09126ef64ac68f87296c5f3781186aedc5dec799b114d9df99d6de4a715a7830"),
      humanEvalX("rust", "ae5cabbbfc8fe25244a608b04f09ac3b324c645ac969dfc033756c12f0f9924c")
    ]
  },
  {
    name: "mbpp",
    title: "974 functions in Python (Austin et al. 2021)",
    licence: "CC-BY-4.0",
    files: [mbpp("mbpp.jsonl")]
  },
  {
    name: "mbpp-sanitized",
    title: "the 427 of them that were gone through by hand",
    licence: "CC-BY-4.0",
    files: [mbpp("sanitized-mbpp.json")]
  },
  {
    name: "psb2",
    title:
      "the official cases of the 25 built-in problems, a million random ones each (Helmuth & Kelly 2021)",
    licence: "CC-BY-4.0",
    files: [...tasks.keys()].flatMap(psb2)
  }
]

/** What a name stands for: a set, or of PSB2 one problem (`psb2/gcd`). */
export const dataSetNamed = (name: string): DataSet | undefined => {
  const whole = dataSets.find((set) => set.name === name)
  if (whole !== undefined) return whole
  const problem = /^psb2\/(.+)$/.exec(name)?.[1]
  const of = dataSets.find((set) => set.name === "psb2")
  return problem === undefined || of === undefined || !tasks.has(problem)
    ? undefined
    : { ...of, name, title: `the official cases of ${problem}`, files: psb2(problem) }
}

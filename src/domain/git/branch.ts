import type { SearchSettings } from "../settings.ts"

/**
 * The published branch of a run: `{psb|humaneval}_{model}_{D}x{E}x{R}[_lexicase]_run{n}`, where n counts the runs of the same
 * problem, language and settings from 0. Every attempt is on the branch with `_dev` behind it, every strict improvement on
 * this one. Its characters are those that a branch may have.
 */
export const branchOf = (
  dataset: string,
  { drafts, explanations, models, ranking, repairs }: SearchSettings,
  run: number
): string => {
  const model = models.draft.name.replace(/^[a-z]+:(?=.)/, "")
  const how = ranking.kind === "score" ? "" : `_${ranking.kind}`
  const name = `${setOf(dataset)}_${model}_${drafts}x${explanations}x${repairs}${how}_run${run}`
  return plain(name)
}

/** Where a program stands in its branch: branches hold the programs of all problems. */
export const fileOf = (problem: string, fileName: string): string => {
  const ending = /\.[^.]+$/.exec(fileName)?.[0] ?? ""
  const name = problem.replace(/\.(?:ya?ml|json)$/, "")
  return `${plain(name)}${ending}`
}

const setOf = (dataset: string): string =>
  dataset === "psb2" ? "psb" : dataset.startsWith("humaneval") ? "humaneval" : dataset

/** Without what git, a file system or a terminal could take for something else. */
const plain = (name: string): string => {
  const text = name
    .replace(/[^A-Za-z0-9._+-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/\.lock(?=$|_)/gi, "-lock")
    .replace(/^[.-]+|[.]+$/g, "")
    .slice(0, 200)
  return text === "" ? "problem" : text
}

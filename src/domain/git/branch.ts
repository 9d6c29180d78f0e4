import type { SearchSettings } from "../settings.ts"

/**
 * What the published branches of a problem set, a model and settings begin with: `{psb|humaneval}_{model}_{D}x{E}x{R}[_lexicase]`.
 * Its characters are those that a branch may have.
 */
export const stemOf = (
  dataset: string,
  { drafts, explanations, models, ranking, repairs }: SearchSettings
): string => {
  const model = models.draft.name.replace(/^[a-z]+:(?=.)/, "")
  const how = ranking.kind === "score" ? "" : `_${ranking.kind}`
  return plain(`${setOf(dataset)}_${model}_${drafts}x${explanations}x${repairs}${how}`)
}

/**
 * The published branch of a run, `{stem}_run{n}`, where n counts the runs of the same problem, language and settings from 0.
 * Every attempt is on the branch with `_dev` behind it, every strict improvement on this one.
 */
export const branchOf = (stem: string, run: number): string => `${stem}_run${run}`

/** The number of a branch of a stem, be it for all attempts or for improvements; undefined for any other branch. */
export const numberOf = (stem: string, branch: string): number | undefined => {
  if (!branch.startsWith(`${stem}_run`)) return undefined
  const [, number] = /^(0|[1-9]\d{0,8})(?:_dev)?$/.exec(branch.slice(stem.length + 4)) ?? []
  return number === undefined ? undefined : Number(number)
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
    .slice(0, 200)
    .replace(/\.{2,}/g, ".")
    .replace(/\.lock(?=$|_)/gi, "-lock")
    .replace(/^[.-]+|[.]+$/g, "")
  return text === "" ? "problem" : text
}

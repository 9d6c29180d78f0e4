import { Either } from "effect"
import { languageNamed } from "../../domain/languageNamed.ts"
import { quoted } from "../../domain/located.ts"
import { defaultSeed } from "../solve/options.ts"

/** What a flag of the published command line stands for: flags and arguments of ours. */
export interface Meaning {
  readonly flags: ReadonlyArray<readonly [name: string, value: string]>
  readonly args: ReadonlyArray<string>
}

export interface PublishedFlag {
  /** A truth value may be left out: the flag alone says `True`. */
  readonly isTruth: boolean
  /** Commands of ours that have a flag of this name themselves. */
  readonly notOf?: ReadonlyArray<string>
  /** On the left, what is wrong with the value, or with the flag here. */
  readonly meaning: (value: string) => Either.Either<Meaning, string>
}

const flags = (...pairs: Meaning["flags"]): Either.Either<Meaning, string> =>
  Either.right({ flags: pairs, args: [] })

const standsFor = (meaning: PublishedFlag["meaning"]): PublishedFlag => ({ isTruth: false, meaning })

/** What only said which row of a table a run was. */
const ofTables = standsFor(() => flags())

/**
 * Flags of the published command line that are not spelled like ours, by their names with dashes. Its other flags have
 * the names of ours once underscores are read as dashes.
 */
export const published: Readonly<Record<string, PublishedFlag>> = {
  "branching-factor": standsFor((value) =>
    flags(["drafts-per-prompt", value], ["repairs-per-explanation", value], ["beam-width", value])
  ),
  dataset: {
    ...standsFor((value) =>
      /^(?:psb2?|humaneval(?:-?x)?)$/i.test(value)
        ? flags()
        : Either.left(`--dataset is ${quoted(value)}, and has to be psb2 or humaneval`)
    ),
    notOf: ["problems"]
  },
  "experiment-id": standsFor((value) => flags(["label", value])),
  "lexicase-selection": {
    isTruth: true,
    meaning: (value) => {
      const truth = truthOf(value)
      return truth === undefined
        ? Either.left(`--lexicase-selection is ${quoted(value)}, and has to be True or False`)
        : flags(["ranking", truth ? "lexicase" : "score"])
    }
  },
  "model-name": standsFor((value) => flags(["model", modelNamed(value)])),
  problem: standsFor((value) => Either.right({ flags: [], args: [taskNamed(value)] })),
  offset: { ...ofTables, notOf: ["experiment", "slurm"] },
  "task-id": ofTables,
  // Repetitions are drawn by different seeds.
  run: standsFor((value) =>
    /^\d{1,9}$/.test(value)
      ? flags(["seed", String(defaultSeed + Number(value))])
      : Either.left(`--run is ${quoted(value)}, and has to be a whole number from 0 on`)
  )
}

/** `True`, `False` and their like, in any case. */
export const truthOf = (value: string): boolean | undefined =>
  /^(true|yes|1)$/i.test(value) ? true : /^(false|no|0)$/i.test(value) ? false : undefined

/** The tasks of HumanEval-X as its files name them, `Python/0`. */
export const taskNamed = (name: string): string => {
  const [, set, number] = /^([A-Za-z+]+)\/(\d+)$/.exec(name) ?? []
  if (set === undefined) return name
  if (/^HumanEval$/i.test(set)) return `humaneval/${number}`
  const language = languageNamed(set)
  return language === undefined ? name : `humaneval-x/${language}/${number}`
}

/** The published models have no prefix: what is called like one of OpenAI's is theirs, everything else is Ollama's. */
const modelNamed = (name: string): string => {
  if (/^(?:openai|ollama):|^simulated(?:$|[:?])/.test(name)) return name
  return /^(?:gpt|o\d|chatgpt|codex|davinci|text-)/i.test(name) ? `openai:${name}` : `ollama:${name}`
}

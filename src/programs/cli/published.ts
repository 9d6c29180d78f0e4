import { Either } from "effect"
import { quoted } from "../../domain/located.ts"

/** What a flag of the published command line stands for: flags and arguments of ours. */
export interface Meaning {
  readonly flags: ReadonlyArray<readonly [name: string, value: string]>
  readonly args: ReadonlyArray<string>
}

export interface PublishedFlag {
  /** A truth value may be left out: the flag alone says `True`. */
  readonly isTruth: boolean
  /** A command of ours that has a flag of this name itself. */
  readonly notOf?: string
  /** On the left, what is wrong with the value, or with the flag here. */
  readonly meaning: (value: string) => Either.Either<Meaning, string>
}

const flags = (...pairs: Meaning["flags"]): Either.Either<Meaning, string> =>
  Either.right({ flags: pairs, args: [] })

const standsFor = (meaning: PublishedFlag["meaning"]): PublishedFlag => ({ isTruth: false, meaning })

const refused = (name: string, why: string): PublishedFlag =>
  standsFor(() => Either.left(`--${name} is not understood here: ${why}`))

const noTables = "experiment tables are not read yet; give the values of the row as flags"

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
      /^psb2?$/i.test(value)
        ? flags()
        : Either.left(
            `--dataset is ${quoted(value)}, and has to be psb2: tasks of other sets have names such as humaneval/0`
          )
    ),
    notOf: "problems"
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
  problem: standsFor((value) => Either.right({ flags: [], args: [value] })),
  offset: refused("offset", noTables),
  "task-id": refused("task-id", noTables),
  run: refused("run", "repetitions differ by --seed, and may be named by --label")
}

/** `True`, `False` and their like, in any case. */
export const truthOf = (value: string): boolean | undefined =>
  /^(true|yes|1)$/i.test(value) ? true : /^(false|no|0)$/i.test(value) ? false : undefined

/** The published models have no prefix: what is called like one of OpenAI's is theirs, everything else is Ollama's. */
const modelNamed = (name: string): string => {
  if (/^(?:openai|ollama):|^simulated(?:$|[:?])/.test(name)) return name
  return /^(?:gpt|o\d|chatgpt|codex|davinci|text-)/i.test(name) ? `openai:${name}` : `ollama:${name}`
}

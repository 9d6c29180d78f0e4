import { describe, expect, it } from "@effect/vitest"
import { Either, FastCheck as fc } from "effect"
import { type Line, readLine } from "../../../src/programs/cli/argv.ts"
import type { FlagSpec } from "../../../src/programs/cli/command.ts"

const flag = (name: string, value: string | null): FlagSpec => ({ name, value, about: "", isRequired: false })
const known = [
  flag("seed", "N"),
  flag("label", "NAME"),
  flag("model", "MODEL"),
  flag("ranking", "RANKING"),
  flag("max-programs", "N"),
  flag("explanations-per-program", "N"),
  flag("valid-examples", "N"),
  flag("language", "NAME"),
  flag("ollama-url", "URL"),
  flag("drafts-per-prompt", "N"),
  flag("repairs-per-explanation", "N"),
  flag("beam-width", "N"),
  flag("log", "LEVEL"),
  flag("json", null),
  flag("help", null)
]
const read = (words: ReadonlyArray<string>) => readLine(words, known)
const line = (words: ReadonlyArray<string>): Line =>
  Either.getOrThrowWith(read(words), (reason) => new Error(reason))
/** A line written again: command, flags, arguments. */
const wordsOf = ({ command, flags, args }: Line): ReadonlyArray<string> => [
  ...(command === undefined ? [] : [command]),
  ...[...flags].map(([name, value]) => (value === null ? `--${name}` : `--${name}=${value}`)),
  ...(args.some((word) => word.startsWith("-") && word !== "-") ? ["--", ...args] : args)
]
const words = (text: string) => wordsOf(line(text.split(" ")))
const fault = (text: string) => Either.getOrElse(Either.flip(read(text.split(" "))), () => "nothing is wrong")

const value = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("-1", "--json", "", "=", "a=b")
)
const plain = fc.string({ unit: "grapheme", maxLength: 8 }).filter((text) => !text.startsWith("-"))
/** A flag with its value, in each of its spellings. */
const flagWords = fc.oneof(
  fc
    .tuple(fc.constantFrom("--seed", "--label", "--max_programs", "--beam-width"), value)
    .map(([name, text]) => ({
      words: [`${name}=${text}`],
      name: name.slice(2).replaceAll("_", "-"),
      value: text as string | null
    })),
  fc
    .tuple(fc.constantFrom("--model", "--drafts_per_prompt", "--log"), fc.oneof(plain, fc.constant("-1")))
    .map(([name, text]) => ({
      words: [name, text],
      name: name.slice(2).replaceAll("_", "-"),
      value: text as string | null
    })),
  fc.constant({ words: ["--json"], name: "json", value: null as string | null })
)
const lines = fc
  .tuple(
    fc.uniqueArray(flagWords, { selector: ({ name }) => name, maxLength: 6 }),
    fc.array(plain, { maxLength: 3 }),
    fc.array(fc.nat(100))
  )
  .map(([flags, args, places]) => {
    const all: Array<ReadonlyArray<string>> = [["solve"], ...args.map((word) => [word])]
    flags.forEach((item, index) => {
      all.splice((places[index] ?? index) % (all.length + 1), 0, item.words)
    })
    return { flags, args, argv: all.flat() }
  })

describe("argv", () => {
  it.prop("drops no word, wherever flags stand", [lines], ([{ argv, flags, args }]) => {
    const { command, ...rest } = line(argv)
    expect(command).toBe("solve")
    expect(rest.args).toEqual(args)
    expect(rest.flags).toEqual(new Map(flags.map((item) => [item.name, item.value])))
  })

  it.prop("reads what it writes as the same line", [lines], ([{ argv }]) => {
    const once = line(argv)
    expect(line(wordsOf(once))).toEqual(once)
    expect(wordsOf(line(wordsOf(once)))).toEqual(wordsOf(once))
  })

  it.prop("is total: any words are a line or a sentence", [fc.array(value)], ([argv]) => {
    const found = read(argv)
    if (Either.isLeft(found)) expect(found.left).toMatch(/^\S.*/)
    else expect(line(wordsOf(found.right))).toEqual(found.right)
  })

  it("keeps what stands after -- as it is", () => {
    expect(line(["solve", "--json", "--", "--seed", "-x"]).args).toEqual(["--seed", "-x"])
    expect(wordsOf(line(["solve", "--", "--seed"]))).toEqual(["solve", "--", "--seed"])
  })

  it.each([
    ["solve bowling --max_programs 10", "solve --max-programs=10 bowling"],
    ["--problem fizz-buzz --max_programs 10", "solve --max-programs=10 fizz-buzz"],
    ["solve x --lexicase_selection True", "solve --ranking=lexicase x"],
    ["solve x --lexicase_selection False", "solve --ranking=score x"],
    ["solve --lexicase_selection x", "solve --ranking=lexicase x"],
    ["solve x --lexicase_selection --seed 3", "solve --ranking=lexicase --seed=3 x"],
    ["solve x --lexicase_selection True --ranking score", "solve --ranking=score x"],
    ["solve x --model_name gpt-3.5-turbo", "solve --model=openai:gpt-3.5-turbo x"],
    ["solve x --model_name llama3", "solve --model=ollama:llama3 x"],
    ["solve x --model_name simulated:hard", "solve --model=simulated:hard x"],
    [
      "solve x --branching_factor 2",
      "solve --drafts-per-prompt=2 --repairs-per-explanation=2 --beam-width=2 x"
    ],
    [
      "solve x --branching_factor 2 --beam_width 9",
      "solve --drafts-per-prompt=2 --repairs-per-explanation=2 --beam-width=9 x"
    ],
    ["solve x --experiment_id e7", "solve --label=e7 x"],
    ["solve x --dataset psb2", "solve x"],
    ["--task_id 3 --dataset humaneval --problem CPP/7 --offset 100", "solve humaneval-x/cpp/7"],
    // The two command lines that the published README shows.
    [
      "--task_id 0 --problem bowling --language Python --branching_factor 2 --max_programs 100 --drafts_per_prompt 2 --explanations_per_program 2 --repairs_per_explanation 2 --beam_width 2 --log INFO --lexicase_selection False --dataset humaneval --model_name gpt-3.5-turbo --valid_examples 50 --experiment_id 0",
      "solve --ranking=score --model=openai:gpt-3.5-turbo --label=0 --language=Python --max-programs=100 --drafts-per-prompt=2 --explanations-per-program=2 --repairs-per-explanation=2 --beam-width=2 --log=INFO --valid-examples=50 bowling"
    ],
    [
      "--task_id 0 --problem Python/0 --language Python --branching_factor 2 --max_programs 100 --drafts_per_prompt 2 --explanations_per_program 2 --repairs_per_explanation 2 --beam_width 2 --log INFO --lexicase_selection True --dataset humaneval --model_name llama3 --experiment_id 0 --ollama_url http://host:1",
      "solve --ranking=lexicase --model=ollama:llama3 --label=0 --language=Python --max-programs=100 --drafts-per-prompt=2 --explanations-per-program=2 --repairs-per-explanation=2 --beam-width=2 --log=INFO --ollama-url=http://host:1 humaneval-x/python/0"
    ],
    ["--problem HumanEval/7 --seed 1", "solve --seed=1 humaneval/7"],
    ["--problem folder/7", "solve folder/7"],
    ["solve x --run 2", "solve --seed=44 x"],
    ["solve x --run 2 --seed 7", "solve --seed=7 x"],
    ["solve x --log INFO", "solve --log=INFO x"],
    ["solve x --seed -1", "solve --seed=-1 x"],
    ["solve x --json=False", "solve x"],
    ["solve x --json=True", "solve --json x"],
    ["solve x --seed 1 --seed=1", "solve --seed=1 x"],
    ["-h", "--help"]
  ])("reads %s as %s", (published, ours) => {
    expect(words(published).join(" ")).toBe(ours)
  })

  it.each([
    ["solve x --seeed 1", 'there is no flag "--seeed"; did you mean --seed?'],
    ["solve x --bogus 1", 'there is no flag "--bogus"'],
    ["solve x -q", 'there is no flag "-q"'],
    ["solve x --seed", "--seed needs a value (N), and none follows it"],
    ["solve x --seed --json", "--seed needs a value (N), and none follows it"],
    ["solve x --json=maybe", "--json takes no value"],
    ["solve x --seed 1 --seed 2", '--seed is given twice, as "1" and as "2"'],
    ["solve x --dataset mnist", '--dataset is "mnist", and has to be psb2 or humaneval'],
    ["solve x --lexicase_selection=maybe", '--lexicase-selection is "maybe", and has to be True or False'],
    ["solve x --run two", '--run is "two", and has to be a whole number from 0 on']
  ])("refuses %s", (text, reason) => {
    expect(fault(text)).toBe(reason)
  })
})

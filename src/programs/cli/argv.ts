import { Either } from "effect"
import { didYouMean } from "../../domain/nearest.ts"
import type { FlagSpec } from "./command.ts"
import { published, truthOf } from "./published.ts"

/** A command line that has been read, but not yet held against the command that it names. */
export interface Line {
  readonly command: string | undefined
  /** By name, without dashes; null for a switch. */
  readonly flags: ReadonlyMap<string, string | null>
  readonly args: ReadonlyArray<string>
}

/**
 * Reads a command line, in which flags may stand anywhere, values may begin with a dash, and the published spellings
 * (`--max_programs 10`, `--lexicase_selection True`) are understood. What a published flag stands for gives way to a
 * flag of our own beside it. On the left, what is wrong.
 *
 * @param known the flags of all commands: a name has a value in all of them or in none
 */
export const readLine = (
  argv: ReadonlyArray<string>,
  known: ReadonlyArray<FlagSpec>
): Either.Either<Line, string> =>
  Either.gen(function* () {
    const bare: Array<string> = []
    const args: Array<string> = []
    const given = new Map<string, string | null>()
    const meant = new Map<string, string>()
    for (let at = 0; at < argv.length; at++) {
      const word = argv[at]!
      if (word === "--") {
        args.push(...argv.slice(at + 1))
        break
      }
      if (!word.startsWith("-") || word === "-") {
        // The first is the command.
        if (bare.length === 0) bare.push(word)
        else args.push(word)
        continue
      }
      const { name, inline } = flagIn(word)
      const next = argv[at + 1]
      // `-1` is a value, `--json` is the next flag; `--label=--json` is a label.
      const follows = next === undefined || next.startsWith("--") ? undefined : next
      const spec = known.find((flag) => flag.name === name)
      const old = published[name]?.notOf?.includes(bare[0] ?? "") === true ? undefined : published[name]
      if (spec?.value === null) {
        const isOn = inline === undefined ? true : truthOf(inline)
        if (isOn === undefined) return yield* Either.left(`--${name} takes no value`)
        if (isOn) given.set(name, null)
        continue
      }
      if (spec === undefined && old === undefined) return yield* Either.left(unknownFlag(word, known))
      const isTruth = old?.isTruth === true
      const value = inline ?? (isTruth && truthOf(follows ?? "") === undefined ? undefined : follows)
      if (value === undefined && !isTruth) {
        return yield* Either.left(`--${name} needs a value (${spec?.value ?? "VALUE"}), and none follows it`)
      }
      if (inline === undefined && value !== undefined) at += 1
      if (old === undefined) {
        yield* setOnce(given, name, value!)
        continue
      }
      const meaning = yield* old.meaning(value ?? "True")
      for (const [flag, stands] of meaning.flags) meant.set(flag, stands)
      args.push(...meaning.args)
    }
    const flags = new Map([...[...meant].filter(([name]) => !given.has(name)), ...given])
    // The published command line has no subcommands: it solves.
    const command = bare[0] ?? (argv.some(isProblemFlag) ? "solve" : undefined)
    return { command, flags, args }
  })

const setOnce = (
  flags: Map<string, string | null>,
  name: string,
  value: string
): Either.Either<void, string> => {
  const before = flags.get(name)
  if (before !== undefined && before !== value) {
    return Either.left(
      `--${name} is given twice, as ${JSON.stringify(before)} and as ${JSON.stringify(value)}`
    )
  }
  flags.set(name, value)
  return Either.void
}

/** The name of a flag with dashes for underscores, and the value that is written behind `=`. */
const flagIn = (word: string): { readonly name: string; readonly inline: string | undefined } => {
  if (word === "-h") return { name: "help", inline: undefined }
  const end = word.indexOf("=")
  const name = end < 0 ? word : word.slice(0, end)
  return {
    name: name.startsWith("--") ? name.slice(2).replaceAll("_", "-") : name,
    inline: end < 0 ? undefined : word.slice(end + 1)
  }
}

const isProblemFlag = (word: string): boolean => flagIn(word).name === "problem"

const unknownFlag = (word: string, known: ReadonlyArray<FlagSpec>): string => {
  const { name } = flagIn(word)
  const written = word.startsWith("--") ? `--${name}` : name
  const names = [...known.map((flag) => flag.name), ...Object.keys(published)]
  const hint = didYouMean(
    written,
    [...new Set(names)].map((candidate) => `--${candidate}`)
  )
  return `there is no flag ${JSON.stringify(written)}${hint}`
}

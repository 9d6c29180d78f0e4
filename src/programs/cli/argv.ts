/** Flags that stand alone; every other one takes a value. */
const switches = new Set([
  "--json",
  "--no-color",
  "--no-cache",
  "--unconfined",
  "--help",
  "-h",
  "--version",
  "--wizard"
])

/** Flags of the published command line whose meaning is another one's here. */
const published: Readonly<Record<string, (value: string) => ReadonlyArray<string>>> = {
  "--lexicase-selection": (value) => (isTrue(value) ? ["--ranking=lexicase"] : []),
  "--model-name": (value) => [`--model=${modelNamed(value)}`],
  "--branching-factor": (value) => [
    `--drafts-per-prompt=${value}`,
    `--repairs-per-explanation=${value}`,
    `--beam-width=${value}`
  ],
  "--experiment-id": (value) => [`--label=${value}`],
  "--problem": (value) => [value]
}

/**
 * The command line as the parser wants it: the subcommand, then flags as `--flag=value`, then arguments. So flags may
 * stand anywhere, values may begin with a dash, and the published spellings (`--max_programs`, `True`) are understood.
 * What the published flags stand for comes first, so that a flag of our own beside it wins.
 */
export const translate = (argv: ReadonlyArray<string>): ReadonlyArray<string> => {
  const commands: Array<string> = []
  const legacy: Array<string> = []
  const flags: Array<string> = []
  const rest: Array<string> = []
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!
    if (word === "--") {
      rest.push(...argv.slice(at + 1))
      break
    }
    if (!word.startsWith("-") || word === "-") {
      if (commands.length === 0 && flags.length === 0) commands.push(word)
      else rest.push(word)
      continue
    }
    const [name, inline] = splitFlag(word)
    if (switches.has(name) && inline === undefined) {
      flags.push(name)
      continue
    }
    if (switches.has(name)) {
      if (isTrue(inline ?? "")) flags.push(name)
      continue
    }
    const value = inline ?? argv[at + 1]
    // Without a value the parser says what is missing; `-1` is a value, `--json` is not.
    if (value === undefined || (inline === undefined && value.startsWith("--"))) {
      flags.push(name)
      continue
    }
    if (inline === undefined) at += 1
    const meaning = published[name]
    if (meaning === undefined) flags.push(`${name}=${value}`)
    else for (const word of meaning(value)) (word.startsWith("--") ? legacy : rest).push(word)
  }
  const given = new Set(flags.map((flag) => splitFlag(flag)[0]))
  const meant = legacy.filter((flag) => !given.has(splitFlag(flag)[0]))
  const separated = rest.some((word) => word.startsWith("-") && word !== "-") ? ["--", ...rest] : rest
  return [...commands, ...meant, ...flags, ...separated]
}

/** The name of a flag with dashes for underscores, and the value that is written behind `=`. */
const splitFlag = (word: string): readonly [string, string | undefined] => {
  const [, name = word, value] = /^([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
  return [name.startsWith("--") ? `--${name.slice(2).replaceAll("_", "-")}` : name, value]
}

const isTrue = (value: string): boolean => /^(true|1|yes)$/i.test(value)

/** The published models have no prefix: what is called like one of OpenAI's is theirs, everything else is Ollama's. */
const modelNamed = (name: string): string => {
  if (/^(openai|ollama|simulated)\b/.test(name)) return name
  return /^(gpt|o\d|chatgpt|codex|davinci|text-)/i.test(name) ? `openai:${name}` : `ollama:${name}`
}

/** Flags that concern how a command speaks, not what it does; they may stand anywhere. */
export const speaking = (
  argv: ReadonlyArray<string>
): { readonly rest: ReadonlyArray<string>; readonly noColor: boolean; readonly log: string | undefined } => {
  const rest: Array<string> = []
  let noColor = false
  let log: string | undefined
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!
    if (word === "--") {
      rest.push(...argv.slice(at))
      break
    }
    const [name, inline] = splitFlag(word)
    if (name === "--no-color") noColor = true
    else if (name === "--log") log = inline ?? argv[++at] ?? ""
    else rest.push(word)
  }
  return { rest, noColor, log }
}

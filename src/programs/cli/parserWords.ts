import type { Line } from "./argv.ts"

/**
 * A line as the CLI library parses it without mistakes. Left to itself it cuts values at line ends, takes an empty value
 * for none, an argument `0` after a switch for its value, and a value that is called like a flag for that flag; so
 * values and arguments travel encoded, and `textIn` gives them back.
 */
export const parserWords = ({ command, flags, args }: Line): ReadonlyArray<string> => [
  ...(command === undefined ? [] : [command]),
  ...[...flags].map(([name, value]) => (value === null ? `--${name}` : `--${name}=${wordFor(value)}`)),
  ...args.map(wordFor)
]

const wordFor = (text: string): string => `=${Buffer.from(text, "utf8").toString("base64url")}`

/** The text that an encoded word stands for. */
export const textIn = (word: string): string => Buffer.from(word.slice(1), "base64url").toString("utf8")

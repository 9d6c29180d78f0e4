/**
 * Characters that could drive a terminal or hide what stands there: control characters but for tab and line end,
 * and the marks that turn the direction of writing.
 */
const driving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** A text of unknown origin for a terminal or a page: driving characters become visible escapes such as `\x1b`. */
export const printable = (text: string): string => text.replace(driving, escape)

/** The same in a single line. */
export const printableLine = (text: string): string =>
  printable(text).replaceAll("\n", "⏎").replaceAll("\t", " ")

const escape = (character: string): string => {
  const code = character.charCodeAt(0)
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`
}

/** JSON on one line, in which nothing can drive a terminal either. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  )

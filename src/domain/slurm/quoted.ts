const plain = /^[A-Za-z0-9_./:=@%+,-]+$/

/** A text as one word of a POSIX shell, whatever is in it. */
export const shellQuoted = (text: string): string =>
  plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/**
 * A text as one word behind `#SBATCH`. There a space ends a word even behind a backslash, and `#` begins a comment, but
 * for between quotes. A line end would end the directive: who asks sees to it that there is none.
 */
export const directiveQuoted = (text: string): string =>
  plain.test(text) ? text : `"${text.replaceAll(/["\\]/g, "\\$&")}"`

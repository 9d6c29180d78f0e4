/**
 * Characters that could drive a terminal or hide what stands there: control characters but for tab and line end,
 * the marks that turn the direction of writing and other format characters (but for the joiners that scripts and
 * emoji need), and halves of characters.
 */
const driving = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** A text of unknown origin for a terminal or a page: driving characters become visible escapes such as `\x1b`. */
export const printable = (text: string): string =>
  text.replace(driving, (character) => {
    const code = character.codePointAt(0)!.toString(16)
    if (code.length <= 2) return `\\x${code.padStart(2, "0")}`
    return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`
  })

/** The same in a single line. */
export const printableLine = (text: string): string =>
  printable(text).replaceAll("\n", "⏎").replaceAll("\t", " ")

/** JSON on one line, in which nothing can drive a terminal either; it parses to the same value. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join("")
  )

/** The beginning of a text: no more than `length` UTF-16 code units, without half a character at its end. */
export const beginning = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")

/** The end of a text, as `beginning` is its beginning. */
export const ending = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(-length).replace(/^[\uDC00-\uDFFF]/, "")

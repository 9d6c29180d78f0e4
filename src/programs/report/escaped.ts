import { printable } from "../../domain/printable.ts"

/** A text of any origin as content or attribute of a page: nothing in it is markup or drives what shows it. */
export const escaped = (text: string): string =>
  printable(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)

import type { Figure } from "../../domain/report/figure.ts"
import type { Drawing } from "./draw.ts"
import { escaped } from "./escaped.ts"
import { light, named } from "./palette.ts"

/** A figure as an element of the page: its colours are the page's. */
export const inlineSvg = (figure: Figure, drawing: Drawing): string => element(figure, drawing, "")

/** A figure as a file of its own, in the colours for paper. */
export const svgFile = (figure: Figure, drawing: Drawing): string => {
  const colours = named(light)
  const svg = element(figure, drawing, ' xmlns="http://www.w3.org/2000/svg"')
  return `${svg.replace(/var\((--[\w-]+)\)/g, (whole, name: string) => colours.get(name) ?? whole)}\n`
}

const element = ({ description, id, title }: Figure, { height, inside, width }: Drawing, more: string) =>
  `<svg${more} role="img" aria-labelledby="${id}-title ${id}-description" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
  `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-description">${escaped(description)}</desc>` +
  `<g aria-hidden="true">${inside}</g></svg>`

import type { Scale } from "vega"
import { dashes, markOf, shapes } from "../palette.ts"

/** Colour, shape and dashes of settings. */
export const markScales = (
  items: ReadonlyArray<{ readonly name: string; readonly place: number }>
): Array<Scale> => {
  const domain = items.map(({ name }) => name)
  const marks = items.map(({ place }) => markOf(place))
  return [
    { name: "color", type: "ordinal", domain, range: marks.map((mark) => `var(--mark-${mark})`) },
    { name: "shape", type: "ordinal", domain, range: marks.map((mark) => shapes[mark]!) },
    { name: "dash", type: "ordinal", domain, range: marks.map((mark) => [...dashes[mark]!]) }
  ]
}

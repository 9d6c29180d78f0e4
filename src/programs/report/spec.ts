import type { Spec } from "vega"
import type { Figure } from "../../domain/report/figure.ts"
import { common } from "./spec/common.ts"
import { heat } from "./spec/heatMap.ts"
import { intervals } from "./spec/intervals.ts"
import { lines } from "./spec/lines.ts"
import { strips } from "./spec/strips.ts"

/** A figure in the language of Vega. Colours are names of the page's style; sizes are pixels of a wide screen. */
export const specOf = (figure: Figure): Spec => ({ ...common, ...drawn(figure) })

const drawn = (figure: Figure): Spec => {
  switch (figure.kind) {
    case "lines":
      return lines(figure)
    case "heat":
      return heat(figure)
    case "intervals":
      return intervals(figure)
    case "strips":
      return strips(figure)
  }
}
